using ActorJobs.Actors.Dispatch;
using ActorJobs.Cluster;
using ActorJobs.Pools;

namespace ActorJobs.Hosting;

/// <summary>Ending a node in two halves, so that it answers while it drains.</summary>
internal sealed partial class JobsNode
{
    private static readonly TimeSpan LeaveDeadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan InterruptDeadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(10);

    /// <summary>Ends in order, without a pause between the two halves.</summary>
    public async Task StopAsync(TimeSpan deadline)
    {
        await DrainAsync(deadline, CancellationToken.None).ConfigureAwait(false);
        await EndAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// The first half of the end: nothing more is accepted or started, what runs may finish until the deadline, what then still runs is handed back as
    /// interrupted, which uses no attempt; meanwhile other nodes take the shards over. The node still answers.
    /// </summary>
    /// <param name="deadline">How long attempts may go on.</param>
    /// <param name="haste">Brings the deadline to now.</param>
    /// <returns>How many running jobs were interrupted.</returns>
    public async Task<int> DrainAsync(TimeSpan deadline, CancellationToken haste)
    {
        var interrupted = 0;
        Client.Close();
        Remote.Close();
        var handOver = Entities.HandOverAsync();
        var drains = Pools.Values.Select(pool =>
        {
            var drained = new Completion<bool>(setup.Dispatcher);
            pool.Tell(new PoolMessage.Drain(drained));
            return drained.Task;
        });
        var all = Task.WhenAll(drains.ToArray());
        if (!await EndsWithinAsync(all, deadline, haste).ConfigureAwait(false))
        {
            interrupted = Running;
            foreach (var pool in Pools.Values)
                pool.Tell(new PoolMessage.Interrupt());
            await EndsWithinAsync(all, InterruptDeadline, CancellationToken.None).ConfigureAwait(false);
        }

        await Task.WhenAll(isolated.Select(pool => pool.CloseAsync())).ConfigureAwait(false);
        await EndsWithinAsync(handOver, LeaveDeadline, CancellationToken.None).ConfigureAwait(false);
        return interrupted;
    }

    /// <summary>The second half: the node leaves the cluster and its actors stop.</summary>
    public async Task EndAsync()
    {
        await EndsWithinAsync(Entities.LeaveAsync(), LeaveDeadline, CancellationToken.None).ConfigureAwait(false);
        await system.StopAsync(StopDeadline).ConfigureAwait(false);
    }

    // a drained node that is told to leave drains once more, which is over at once
    private void Obey(NodeOrder order)
    {
        if (order == NodeOrder.Leave)
            setup.Leave();
        else
            _ = DrainAsync(Timeout.InfiniteTimeSpan, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        events.Dispose();
        measuredEvents.Dispose();
        jobLog.Dispose();
        instruments.Dispose();
        Queries.Dispose();
        await setup.Store.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan deadline, CancellationToken haste)
    {
        try
        {
            await task.WaitAsync(deadline, setup.Time, haste).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }
}
