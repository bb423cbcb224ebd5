using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ActorJobs.Hosting;

/// <summary>
/// Starts the node with the application, and drains it at its end: before the web server stops, for the other nodes reach this one's shards through it
/// until they have taken them over, and balancers read from it that the node is leaving.
/// </summary>
internal sealed class JobsNodeLifetime(JobsNode node, IOptions<ActorJobsOptions> options) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => node.StartAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => node.DrainAsync(options.Value.Shutdown.Deadline);

    public Task StopAsync(CancellationToken cancellationToken) => node.EndAsync();

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
