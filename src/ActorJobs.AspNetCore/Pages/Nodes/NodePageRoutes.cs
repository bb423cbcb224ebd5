using ActorJobs.Cluster;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.AspNetCore.Pages.Nodes;

/// <summary>The page of nodes and shards, and its live fragments.</summary>
internal static class NodePageRoutes
{
    public static void MapNodePage(this RouteGroupBuilder pages)
    {
        pages.MapGet("/nodes", Show);
        pages.MapGet("/_live/nodes", Watch);
    }

    private static RazorComponentResult Show(IClusterNodes cluster) =>
        new(typeof(NodesPage), new { Nodes = cluster.Nodes, Shards = ShardMap.Of(cluster) });

    // nobody tells of changes of the cluster; the node's own figures come several times a second, and what has not changed is not sent
    private static LiveFragments<StatsView> Watch(IClusterNodes cluster, IJobQueries queries) => new(queries.WatchStatsAsync, (_, _) =>
        ValueTask.FromResult<IReadOnlyList<LiveFragment>>(
        [
            LiveFragment.Of<NodeTable>("nodes", nameof(NodeTable.Nodes), cluster.Nodes),
            LiveFragment.Of<ShardGrid>("shards", nameof(ShardGrid.Shards), ShardMap.Of(cluster)),
        ]));
}
