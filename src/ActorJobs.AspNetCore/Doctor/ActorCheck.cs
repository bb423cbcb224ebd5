using ActorJobs.Actors;
using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>Actors that failed, were made anew or do not keep up.</summary>
internal sealed class ActorCheck(NodeStatus node) : INodeCheck
{
    private const int FullMailbox = 10_000;
    private const int MaxNamed = 5;

    public string Name => "actors";

    public ValueTask<IReadOnlyList<CheckItem>> RunAsync(CancellationToken cancellationToken)
    {
        var tree = node.Tree();
        CheckItem?[] found =
        [
            Look(tree, actor => actor.State is ActorState.Failed or ActorState.Restarting, "have failed and wait for their supervisor", "actorjobs log show --level Error says why."),
            Look(tree, actor => actor.MailboxDepth > FullMailbox, $"have more than {FullMailbox} messages waiting", "The node gets more than it can do: add slots, processors or nodes."),
            Look(tree, actor => actor.Restarts > 0, "failed and were made anew", "actorjobs log show --level Error says why."),
        ];
        CheckItem[] bad = [.. found.OfType<CheckItem>()];
        return new(bad.Length > 0 ? bad : [Found.Ok(Name, $"{tree.Count} actors, all running.")]);
    }

    private CheckItem? Look(IReadOnlyList<ActorSnapshot> tree, Func<ActorSnapshot, bool> isBad, string what, string mend)
    {
        var bad = tree.Where(isBad).Select(actor => actor.Path).ToArray();
        return bad.Length == 0 ? null : Found.Warning(Name, $"{bad.Length} {what}: {string.Join(", ", bad.Take(MaxNamed))}{(bad.Length > MaxNamed ? " and others" : "")}", mend);
    }
}
