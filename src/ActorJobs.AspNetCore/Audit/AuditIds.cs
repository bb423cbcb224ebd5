using ActorJobs.Actors.Entities;
using ActorJobs.Cluster;

namespace ActorJobs.AspNetCore;

/// <summary>
/// Draws ids of audit entries that lie on this node's own shards, or at least not on those of the node that the action is about. An action waits for its
/// entry: declaring a dead node dead must not wait for a shard of that very node.
/// </summary>
/// <param name="node">This node.</param>
/// <param name="cluster">Who owns which shard.</param>
internal sealed class AuditIds(NodeStatus node, IClusterNodes cluster)
{
    private const int MaxDraws = 1_000; // one of many shards is hit long before

    public string Draw(DateTimeOffset at, string? target)
    {
        var shards = cluster.Shards;
        var wanted = ShardsOf(owner => owner == node.Name);
        if (wanted.Count == 0)
            wanted = ShardsOf(owner => owner is not null && owner != target);
        var id = New(at);
        for (var draws = 1; draws < MaxDraws && wanted.Count > 0 && !wanted.Contains(ShardHash.Of(id, shards.Count)); draws++)
            id = New(at);
        return id;

        HashSet<int> ShardsOf(Predicate<string?> isWanted) => [.. shards.Where(shard => isWanted(shard.Owner)).Select(shard => shard.Shard)];
    }

    private static string New(DateTimeOffset at) => Guid.CreateVersion7(at).ToString();
}
