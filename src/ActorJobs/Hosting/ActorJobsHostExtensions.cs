using ActorJobs.Pools.Isolated;
using Microsoft.Extensions.Hosting;

namespace ActorJobs;

/// <summary>Runs an application that has isolated pools.</summary>
public static class ActorJobsHostExtensions
{
    /// <summary>
    /// Runs the application until it is told to stop. In a child process of an isolated pool, which is this same program started once more, it runs that pool's jobs instead and
    /// starts neither the application's services nor a node. Call it in place of <c>RunAsync</c>, with nothing before it that must not happen in a child.
    /// </summary>
    public static async Task RunActorJobsAsync(this IHost host, CancellationToken cancellationToken = default)
    {
        if (!await host.TryRunIsolatedAsync().ConfigureAwait(false))
            await host.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>In a child process of an isolated pool: runs the pool's jobs until the node ends it, and returns true. Elsewhere returns false at once.</summary>
    public static async Task<bool> TryRunIsolatedAsync(this IHost host)
    {
        if (!IsolatedCommand.IsChild)
            return false;
        using var node = StandardStreams.Take();
        await new ChildLoop(host.Services, node).RunAsync().ConfigureAwait(false);
        return true;
    }
}
