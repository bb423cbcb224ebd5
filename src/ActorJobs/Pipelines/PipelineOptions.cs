namespace ActorJobs.Pipelines;

/// <summary>Bounds and rules of a run.</summary>
public sealed class PipelineOptions
{
    /// <summary>How many items may wait between two stages, at least 1. Default: 64.</summary>
    public int BufferSize { get; init; } = 64;

    /// <summary>How many items may be set aside; one more fails the run, because then the stage is broken and not the items. Default: 1 000.</summary>
    public int MaxSetAside { get; init; } = 1000;

    /// <summary>Whether an error is the item's own fault. One that is not (an endpoint is down) fails the run. Default: every error is the item's.</summary>
    public Func<Exception, bool> IsPoison { get; init; } = static _ => true;

    /// <summary>The clock of rates and of the batches' waiting. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
