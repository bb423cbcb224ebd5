namespace ActorJobs.Actors.Supervision;

/// <summary>Counts a child's restarts within the strategy's window. Written and read only in the parent's turns.</summary>
internal sealed class RestartWindow
{
    private readonly Queue<long> restarts = new();

    /// <summary>Counts one more restart and says how many the window now holds.</summary>
    public int Count(TimeProvider time, TimeSpan within)
    {
        var now = time.GetTimestamp();
        while (restarts.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) > within)
            restarts.Dequeue();
        restarts.Enqueue(now);
        return restarts.Count;
    }
}
