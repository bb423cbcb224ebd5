using ActorJobs.Cluster;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ActorJobs.AspNetCore;

/// <summary>Tells the node where it listens as soon as the server does.</summary>
internal sealed class ListeningAddress(IServer server, NodeAddress address) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        address.Url = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
