using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Shards;
using ActorJobs.Pools;

namespace ActorJobs.Cluster;

/// <summary>The cluster by the last beat; this node's own shards by what it runs.</summary>
internal sealed class ClusterNodes(
    EntityHost entities, NodeStatus self, Func<string?> url, IReadOnlyDictionary<string, PoolGauge> pools, PeerPort? peers, string secretMark) : IClusterNodes
{
    public PeerPort? Peers => peers;

    public IReadOnlyList<NodeView> Nodes => entities.View.Nodes.Count == 0
        ? [ViewOf(new ClusterNode(self.Name, url() ?? "", NodeRoles.All, self.StartedAt) { Details = NodeDetails.Encode(pools), Epochs = entities.Epochs })]
        : [.. entities.View.Nodes.Values.OrderBy(node => node.Name, StringComparer.Ordinal).Select(ViewOf)];

    public IReadOnlyList<ShardView> Shards
    {
        get
        {
            var (view, own) = (entities.View, entities.Epochs);
            return [.. Enumerable.Range(0, self.Shards).Select(shard => own.TryGetValue(shard, out var epoch)
                ? new ShardView(shard, self.Name, epoch)
                : new ShardView(shard, view.OwnerOf(shard)?.Name, view.OwnerOf(shard)?.Epochs.GetValueOrDefault(shard) ?? 0))];
        }
    }

    private NodeView ViewOf(ClusterNode node)
    {
        var details = NodeDetails.Of(node);
        var state = node.Name == self.Name && self.Health.Current is not null ? "StoreAway"
            : NodeDetails.HasOtherSecret(node, secretMark) ? "OtherSecret"
            : node.IsLeaving || (node.Name == self.Name && !self.IsReady()) ? "Leaving"
            : "Up";
        return new NodeView(
            node.Name,
            node.Url.Length == 0 ? null : node.Url,
            node.Roles,
            state,
            node.Name == self.Name ? entities.Epochs.Count : node.Epochs.Count,
            node.Since,
            details.Load,
            [.. details.Pools.Select(pool => new NodePoolView(pool.Name, pool.Size, pool.Busy))],
            details.Version);
    }
}
