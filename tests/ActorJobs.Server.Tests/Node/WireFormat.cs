using System.Text.Json.Nodes;

namespace ActorJobs.Server.Tests.Node;

/// <summary>What earlier builds have said to other nodes, line by line: kind, name of the command or reply, JSON.</summary>
internal static class WireFormat
{
    /// <summary>Set to 1, adds what is new to the file; what stands there is never changed, since there are nodes that say it.</summary>
    public const string Recording = "ACTORJOBS_RECORD";

    public static string File { get; } = Path.Combine(Repository.Root, "tests", "ActorJobs.Server.Tests", "Node", "wire-format.txt");

    public static IReadOnlyList<WireLine> Recorded() =>
        [.. System.IO.File.ReadLines(File).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ', 3)).Select(parts => new WireLine(parts[0], parts[1], parts[2]))];

    public static void Add(IEnumerable<WireLine> lines) => System.IO.File.AppendAllLines(File, lines.Select(line => $"{line.Kind} {line.Name} {line.Json}"));

    /// <summary>Whether everything that was said is still said, with more beside it or not.</summary>
    public static bool Contains(string now, string before) => Contains(JsonNode.Parse(now), JsonNode.Parse(before));

    private static bool Contains(JsonNode? now, JsonNode? before) => (now, before) switch
    {
        (JsonObject more, JsonObject less) => less.All(member => more.TryGetPropertyValue(member.Key, out var value) && Contains(value, member.Value)),
        (JsonArray one, JsonArray other) => one.Count == other.Count && one.Zip(other).All(pair => Contains(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(now, before),
    };
}

/// <summary>Something a node says to another.</summary>
internal sealed record WireLine(string Kind, string Name, string Json);
