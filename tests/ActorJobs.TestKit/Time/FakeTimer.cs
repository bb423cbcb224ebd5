namespace ActorJobs.TestKit.Time;

/// <summary>A timer of a <see cref="FakeTimeProvider"/>, which guards its fields.</summary>
internal sealed class FakeTimer(FakeTimeProvider time, TimerCallback callback, object? state) : ITimer
{
    public DateTimeOffset Due { get; set; }

    public TimeSpan Period { get; set; }

    public long Sequence { get; set; }

    public bool IsDisposed { get; set; }

    public void Fire() => callback(state);

    public bool Change(TimeSpan dueTime, TimeSpan period) => time.Set(this, dueTime, period);

    public void Dispose() => time.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    internal sealed class DueOrder : IComparer<FakeTimer>
    {
        public static DueOrder Instance { get; } = new();

        public int Compare(FakeTimer? x, FakeTimer? y) =>
            x!.Due != y!.Due ? x.Due.CompareTo(y.Due) : x.Sequence.CompareTo(y.Sequence);
    }
}
