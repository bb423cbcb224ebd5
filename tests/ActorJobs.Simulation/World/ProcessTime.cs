using ActorJobs.TestKit.Nodes;
using ActorJobs.TestKit.Time;

namespace ActorJobs.Simulation.World;

/// <summary>
/// The clock of one process. It may be wrong, and jump; its timers and timestamps run by the world's. A timer fires in a turn of the process: late
/// while that is stopped, never once it is dead.
/// </summary>
/// <param name="world">The world's clock.</param>
/// <param name="process">The process.</param>
internal sealed class ProcessTime(FakeTimeProvider world, ProcessDispatcher process) : TimeProvider
{
    /// <summary>By how much the clock on the wall is wrong.</summary>
    public TimeSpan Offset { get; set; }

    public override long TimestampFrequency => world.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow() + Offset;

    public override long GetTimestamp() => world.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        world.CreateTimer(_ => process.Schedule(new Firing(callback, state)), null, dueTime, period);

    private sealed class Firing(TimerCallback callback, object? state) : IThreadPoolWorkItem
    {
        public void Execute() => callback(state);
    }
}
