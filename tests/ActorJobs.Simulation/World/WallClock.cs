namespace ActorJobs.Simulation.World;

/// <summary>The clock of a machine nobody simulates, such as the meeting place's. It may jump.</summary>
internal sealed class WallClock(TimeProvider world) : TimeProvider
{
    /// <summary>By how much it is wrong.</summary>
    public TimeSpan Offset { get; set; }

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow() + Offset;
}
