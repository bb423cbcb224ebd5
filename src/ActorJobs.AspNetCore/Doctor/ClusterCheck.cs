using ActorJobs.Client;
using ActorJobs.Cluster;

namespace ActorJobs.AspNetCore;

/// <summary>Whether the nodes of the store belong together, and every shard has an owner.</summary>
internal sealed class ClusterCheck(IClusterNodes cluster) : INodeCheck
{
    public string Name => "cluster";

    public ValueTask<IReadOnlyList<CheckItem>> RunAsync(CancellationToken cancellationToken) => new(Found());

    private List<CheckItem> Found()
    {
        var (nodes, shards) = (cluster.Nodes, cluster.Shards);
        var found = new List<CheckItem>();
        if (nodes.Where(node => node.State == "OtherSecret").Select(node => node.Name).ToArray() is { Length: > 0 } strangers)
        {
            found.Add(AspNetCore.Found.Failed(
                Name, $"{string.Join(", ", strangers)}: another secret than this node's, so that neither takes calls of the other.", "Set ActorJobs:Cluster:Secret to the same value on all nodes."));
        }

        if (shards.Count(shard => shard.Owner is null) is > 0 and var orphans)
        {
            found.Add(AspNetCore.Found.Warning(
                Name, $"{orphans} of {shards.Count} shards have no owner; their jobs wait.", "While nodes come and go that passes within a lease. Else start a node with the role 'host'."));
        }

        if (found.Count == 0)
            found.Add(AspNetCore.Found.Ok(Name, nodes.Count == 1 ? "One node owns all shards." : $"{nodes.Count} nodes; every shard has an owner."));
        return found;
    }
}
