using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorJobs.Hosting;

/// <summary>
/// Starts the node with the application, and drains it at its end: before the web server stops, for the other nodes reach this one's shards through it
/// until they have taken them over, and balancers read from it that the node is leaving. A host that has no more time for an end in order (its
/// <c>ShutdownTimeout</c>, a token of its own) ends the drain at once.
/// </summary>
internal sealed partial class JobsNodeLifetime(JobsNode node, IOptions<ActorJobsOptions> options, TimeProvider time, ILogger<JobsNode> logger) : IHostedLifecycleService
{
    private bool isUp; // an application that could not start has a failure to tell, and no end of a node
    private long stoppingSince;
    private int interrupted;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => node.StartAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        isUp = true;
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var deadline = options.Value.Shutdown.Deadline;
        stoppingSince = time.GetTimestamp();
        if (isUp)
            Stopping(node.Running, Seconds(deadline));
        interrupted = await node.DrainAsync(deadline, cancellationToken).ConfigureAwait(false);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await node.EndAsync().ConfigureAwait(false);
        var took = Seconds(time.GetElapsedTime(stoppingSince));
        if (isUp && interrupted == 0)
            Stopped(took);
        else if (isUp)
            StoppedEarly(took, interrupted);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);

    [LoggerMessage(LogLevel.Information, "Stopping: {Running} running jobs may finish, for at most {Seconds} s; nothing more is accepted or started")]
    private partial void Stopping(int running, string seconds);

    [LoggerMessage(LogLevel.Information, "Stopped in order after {Seconds} s: all that ran has finished")]
    private partial void Stopped(string seconds);

    [LoggerMessage(LogLevel.Information, "Stopped after {Seconds} s: {Interrupted} running jobs were interrupted and handed back; they run again, and this attempt does not count")]
    private partial void StoppedEarly(string seconds, int interrupted);
}
