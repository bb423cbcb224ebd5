using System.Text.RegularExpressions;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>Actors as a drawn tree.</summary>
internal static partial class ActorTree
{
    /// <summary>A row per actor, children under their parents, names with the lines that lead to them.</summary>
    /// <param name="actors">Any order; an actor whose parent is not there is drawn at the margin.</param>
    public static Grid Draw(IReadOnlyList<ActorItem> actors)
    {
        var paths = actors.Select(actor => actor.Path).ToHashSet(StringComparer.Ordinal);
        var children = actors.ToLookup(actor => paths.Contains(Above(actor.Path)) && actor.Path != "/" ? Above(actor.Path) : "");
        var rows = new List<IReadOnlyList<string>>();
        foreach (var root in Sorted(children[""]))
            Add(root, "", "", root.Path);
        return new Grid(["actor", "state", "mailbox", "restarts"], rows);

        void Add(ActorItem actor, string lead, string below, string name)
        {
            rows.Add([lead + SafeText.Line(name), actor.State, $"{actor.Mailbox}", $"{actor.Restarts}"]);
            var own = Sorted(children[actor.Path]);
            for (var at = 0; at < own.Length; at++)
            {
                var isLast = at == own.Length - 1;
                Add(own[at], below + (isLast ? "└─ " : "├─ "), below + (isLast ? "   " : "│  "), own[at].Path[(own[at].Path.LastIndexOf('/') + 1)..]);
            }
        }
    }

    // shard-2 before shard-10; the platform's numeric order needs cultures, which this program is built without
    private static ActorItem[] Sorted(IEnumerable<ActorItem> actors) =>
        [.. actors.OrderBy(actor => Number().Replace(actor.Path, number => number.Value.PadLeft(20, '0')), StringComparer.Ordinal)];

    [GeneratedRegex(@"\d{1,20}")]
    private static partial Regex Number();

    private static string Above(string path) => path.LastIndexOf('/') switch
    {
        <= 0 => "/",
        var slash => path[..slash],
    };
}
