using System.Collections.Concurrent;
using ActorJobs.Actors;

namespace ActorJobs.Pools;

/// <summary>
/// Runs claimed jobs one after another until none waits. Takes the next one by itself, so that a short job does not cost a turn of its pool;
/// gives its thread back now and then, for others wait for it too.
/// </summary>
internal sealed class Slot(ConcurrentQueue<RunningAttempt> ready, ActorRef<PoolMessage> pool) : IThreadPoolWorkItem
{
    private const int RunsPerTurn = 32;

    /// <summary>Whether it takes its jobs from this queue; a slot of a pool before its restart does not.</summary>
    public bool Serves(ConcurrentQueue<RunningAttempt> queue) => ReferenceEquals(queue, ready);

    public void Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        for (var runs = 0; runs < RunsPerTurn; runs++)
        {
            if (Next() is not { } attempt)
            {
                pool.Tell(new PoolMessage.SlotFree(this));
                return;
            }

            var run = attempt.RunAsync();
            var outcome = run.IsCompletedSuccessfully ? run.Result : await run.ConfigureAwait(false);
            if (!attempt.TryEnd())
                return; // abandoned meanwhile: the pool has another slot in this one's place
            pool.Tell(new PoolMessage.Ended(attempt, outcome));
        }

        pool.Tell(new PoolMessage.SlotFree(this)); // the pool may have fewer slots by now, or starts this one again
    }

    // those given back or cancelled before they began are left in the queue and passed over
    private RunningAttempt? Next()
    {
        while (ready.TryDequeue(out var attempt))
        {
            if (attempt.TryBegin())
                return attempt;
        }

        return null;
    }
}
