using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ActorJobs.Hosting;

/// <summary>Starts the node with the application, and drains it at its end.</summary>
internal sealed class JobsNodeLifetime(JobsNode node, IOptions<ActorJobsOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => node.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => node.StopAsync(options.Value.Shutdown.Deadline);
}
