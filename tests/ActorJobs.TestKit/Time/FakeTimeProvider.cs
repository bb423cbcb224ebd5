namespace ActorJobs.TestKit.Time;

/// <summary>
/// A clock that moves only when told to. Timers fire in the order they are due, those due together in the order they were set, each at its own
/// instant, on the thread that advances the clock. There is one driver: two callers advancing at the same time is an error.
/// </summary>
/// <param name="start">Where the clock begins; null for 1 January 2030, 00:00 UTC.</param>
public sealed class FakeTimeProvider(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock gate = new(); // guards now, timers and sequence: timers are set from any thread
    private readonly SortedSet<FakeTimer> timers = new(FakeTimer.DueOrder.Instance);
    private DateTimeOffset now = start ?? new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long sequence;
    private int drivers;

    /// <summary>How many timers are set.</summary>
    public int Timers
    {
        get
        {
            lock (gate)
                return timers.Count;
        }
    }

    /// <summary>When the next timer is due, or null when none is set.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (gate)
                return timers.Min?.Due;
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on and fires what becomes due on the way, also what is set meanwhile. Zero fires what is due now.</summary>
    /// <param name="by">How far.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        if (Interlocked.Exchange(ref drivers, 1) == 1)
            throw new InvalidOperationException("The clock has one driver; it is being advanced already.");
        try
        {
            var end = GetUtcNow() + by;
            while (TakeDue(end) is { } timer)
                timer.Fire();
            lock (gate)
                now = end;
        }
        finally
        {
            Volatile.Write(ref drivers, 0);
        }
    }

    internal bool Set(FakeTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            timers.Remove(timer);
            if (timer.IsDisposed)
                return false;
            timer.Period = period;
            if (dueTime == Timeout.InfiniteTimeSpan)
                return true;
            (timer.Due, timer.Sequence) = (now + dueTime, ++sequence);
            return timers.Add(timer);
        }
    }

    internal void Remove(FakeTimer timer)
    {
        lock (gate)
        {
            timer.IsDisposed = true;
            timers.Remove(timer);
        }
    }

    private FakeTimer? TakeDue(DateTimeOffset end)
    {
        lock (gate)
        {
            if (timers.Min is not { } timer || timer.Due > end)
                return null;
            timers.Remove(timer);
            now = timer.Due > now ? timer.Due : now;
            if (timer.Period > TimeSpan.Zero)
            {
                (timer.Due, timer.Sequence) = (timer.Due + timer.Period, ++sequence);
                timers.Add(timer);
            }

            return timer;
        }
    }
}
