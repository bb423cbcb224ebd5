using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace ActorJobs.AspNetCore;

/// <summary>The directory of a node without a cluster: itself, with all shards and all roles.</summary>
internal sealed class SingleNode(
    IServer server, IQueueControl control, IOptions<ActorJobsOptions> options, IConfiguration configuration, TimeProvider time) : INodeDirectory
{
    private static readonly string[] Roles = ["front", "host", "work"];

    private readonly DateTimeOffset since = time.GetUtcNow();

    public async ValueTask<IReadOnlyList<NodeView>> ListAsync(CancellationToken cancellationToken = default)
    {
        var pools = await control.ListPoolsAsync(cancellationToken);
        var slots = pools.Sum(pool => pool.Size);
        var load = slots == 0 ? 0 : (double)pools.Sum(pool => pool.Busy) / slots;
        var url = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        return [new NodeView(configuration["ActorJobs:Node:Name"] ?? Environment.MachineName, url, Roles, "Up", options.Value.Shards, since, load)];
    }
}
