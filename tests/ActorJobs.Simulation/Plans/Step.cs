namespace ActorJobs.Simulation.Plans;

/// <summary>One thing that happens in a run. What exactly, its own seed draws; nodes and jobs are counted around.</summary>
/// <param name="At">When, from the beginning.</param>
/// <param name="Kind">What.</param>
/// <param name="Seed">Draws the rest, so that a step is the same whatever other steps are left out.</param>
internal sealed record Step(TimeSpan At, StepKind Kind, int Seed)
{
    public override string ToString() => $"{At.TotalSeconds:0.000} {Kind} {Seed}";
}

/// <summary>What can happen in a run.</summary>
internal enum StepKind
{
    /// <summary>Somebody submits a few jobs.</summary>
    Submit,

    /// <summary>Somebody repeats a submit whose outcome may be known or not.</summary>
    Repeat,

    Cancel,
    Retry,
    Promote,
    StartWorkflow,
    CancelWorkflow,
    RetryWorkflow,
    PutSchedule,
    TriggerSchedule,
    DeleteSchedule,
    PauseQueue,
    ResumeQueue,

    /// <summary>A node comes.</summary>
    Join,

    /// <summary>A node goes in order.</summary>
    Leave,

    /// <summary>A process dies, and everything in its memory with it.</summary>
    Kill,

    /// <summary>A process stops for a while, often longer than its lease, and goes on as if nothing had been.</summary>
    Freeze,

    /// <summary>A node's clock jumps.</summary>
    JumpClock,

    /// <summary>The clock of the meeting place jumps.</summary>
    JumpMeetingClock,

    /// <summary>A node cannot reach the store for a while.</summary>
    CutStore,

    /// <summary>No node can reach the store for a while.</summary>
    StoreOutage,

    /// <summary>Two nodes cannot hear one another for a while.</summary>
    CutNetwork,
}
