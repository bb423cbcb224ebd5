using ActorJobs.Actors;

namespace ActorJobs.Pools;

/// <summary>A pool that scales itself: see <see cref="ScaleDecider"/>.</summary>
internal sealed partial class WorkerPool
{
    private TimeSpan longestWait; // of the jobs claimed since the last look
    private bool isScaling;

    private void NoteWait(DateTimeOffset since)
    {
        if (memory.Bounds is not null && host.Time.GetUtcNow() - since is var wait && wait > longestWait)
            longestWait = wait;
    }

    private void ScheduleScaling(ActorContext<PoolMessage> context)
    {
        if (memory.Bounds is null || isScaling)
            return;
        isScaling = true;
        context.Timers.Schedule("scale", ScaleDecider.Period, PoolMessage.Scale.Instance);
    }

    private void Scale()
    {
        if (memory.Bounds is not { } bounds)
            return;
        // jobs that wait for slots which none leaves are not among those claimed
        var oldest = host.OldestOf(queues) is { } since ? host.Time.GetUtcNow() - since : TimeSpan.Zero;
        var reading = new ScaleReading(memory.Size, Math.Min(active, held.Count), oldest > longestWait ? oldest : longestWait);
        longestWait = TimeSpan.Zero;
        (memory.Scale, memory.Size) = ScaleDecider.Next(memory.Scale, reading, bounds, memory.Latency);
    }
}
