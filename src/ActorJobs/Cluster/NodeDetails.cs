using System.Text.Json;
using System.Text.Json.Serialization;
using ActorJobs.Actors.Cluster;
using ActorJobs.Pools;

namespace ActorJobs.Cluster;

/// <summary>What a node tells the others of its work with each beat.</summary>
internal sealed record NodeDetails(IReadOnlyList<PoolDetails> Pools, string Version)
{
    /// <summary>The mark of the secret that its calls are signed with; empty when it says none.</summary>
    public string SecretMark { get; init; } = "";

    public double Load => Pools.Sum(pool => pool.Size) is > 0 and var slots ? (double)Pools.Sum(pool => pool.Busy) / slots : 0;

    public static string Encode(IEnumerable<KeyValuePair<string, PoolGauge>> pools, string secretMark = "")
    {
        PoolDetails[] details = [.. pools.Select(pool => new PoolDetails(pool.Key, pool.Value.Size, pool.Value.Running))];
        return JsonSerializer.Serialize(new NodeDetails(details, Build) { SecretMark = secretMark }, NodeDetailsContext.Default.NodeDetails);
    }

    /// <summary>What a node has told; nothing when its build says it otherwise.</summary>
    public static NodeDetails Of(ClusterNode node)
    {
        try
        {
            return node.Details is { } json && JsonSerializer.Deserialize(json, NodeDetailsContext.Default.NodeDetails) is { Pools: not null } details ? details : Nothing;
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    /// <summary>Whether a node's calls are signed with another secret than those of the node with this mark.</summary>
    public static bool HasOtherSecret(ClusterNode node, string mark) => mark.Length > 0 && Of(node).SecretMark is { Length: > 0 } other && other != mark;

    private static NodeDetails Nothing { get; } = new([], "");

    private static string Build { get; } = typeof(NodeDetails).Assembly.GetName().Version?.ToString(3) ?? "";
}

/// <summary>One pool of a node.</summary>
internal sealed record PoolDetails(string Name, int Size, int Busy);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NodeDetails))]
internal sealed partial class NodeDetailsContext : JsonSerializerContext;
