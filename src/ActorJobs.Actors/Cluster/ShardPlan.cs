namespace ActorJobs.Actors.Cluster;

/// <summary>What a node should do about its shards, by what it runs and what the cluster looks like.</summary>
/// <param name="Take">
/// Shards it should own that have no living owner. Also such as it runs: the store has forgotten the last second, or carried out late a release that
/// had seemed to fail.
/// </param>
/// <param name="HandOver">Shards it runs that another node should own.</param>
/// <param name="Stop">Shards it runs that another node owns already.</param>
/// <param name="Release">Shards that are its own by name only, and that another node should have.</param>
internal sealed record ShardPlan(IReadOnlyList<int> Take, IReadOnlyList<int> HandOver, IReadOnlyList<int> Stop, IReadOnlyList<int> Release)
{
    /// <summary>Compares what is with what should be.</summary>
    /// <param name="self">This node's name.</param>
    /// <param name="shards">How many shards there are.</param>
    /// <param name="running">The shards this node runs.</param>
    /// <param name="view">The cluster.</param>
    public static ShardPlan Of(string self, int shards, IReadOnlySet<int> running, ClusterView view)
    {
        var wanted = Rendezvous.Allocate(shards, [.. view.Nodes.Values.Where(node => node.CanOwn).Select(node => node.Name)]);
        var (take, handOver, stop, release) = (new List<int>(), new List<int>(), new List<int>(), new List<int>());
        for (var shard = 0; shard < shards; shard++)
        {
            var owner = view.OwnerOf(shard)?.Name;
            if (running.Contains(shard))
            {
                if (owner is not null && owner != self)
                    stop.Add(shard);
                else if (wanted[shard] is { } other && other != self)
                    handOver.Add(shard);
                else if (owner is null && wanted[shard] == self)
                    take.Add(shard);
            }
            else if (wanted[shard] == self && (owner is null || owner == self))
            {
                take.Add(shard);
            }
            else if (owner == self)
            {
                release.Add(shard);
            }
        }

        return new(take, handOver, stop, release);
    }
}
