using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ActorJobs.AspNetCore;

/// <summary>The directory of a node without a cluster: itself, with all shards and all roles.</summary>
internal sealed class SingleNode(NodeStatus node, IServer server, IQueueControl control) : INodeDirectory
{
    private static readonly string[] Roles = ["front", "host", "work"];

    public async ValueTask<IReadOnlyList<NodeView>> ListAsync(CancellationToken cancellationToken = default)
    {
        var pools = await control.ListPoolsAsync(cancellationToken);
        var slots = pools.Sum(pool => pool.Size);
        var load = slots == 0 ? 0 : (double)pools.Sum(pool => pool.Busy) / slots;
        var url = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        var state = node.Health.Current is not null ? "StoreAway" : node.IsReady() ? "Up" : "Leaving";
        return [new NodeView(node.Name, url, Roles, state, node.Shards, node.StartedAt, load)];
    }
}
