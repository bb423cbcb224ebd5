namespace ActorJobs;

/// <summary>What bounds the jobs of a queue in the whole cluster, beside its capacity. Null: not bounded.</summary>
public sealed record QueueLimits
{
    /// <summary>No bounds.</summary>
    public static QueueLimits None { get; } = new();

    /// <summary>How many of its jobs may start in any window.</summary>
    public Rate? Rate { get; init; }

    /// <summary>How many of its jobs may run at once.</summary>
    public int? Concurrency { get; init; }

    /// <summary>How many of its jobs with the same concurrency key may start in any window.</summary>
    public Rate? KeyRate { get; init; }

    /// <summary>How many of its jobs with the same concurrency key may run at once.</summary>
    public int? KeyConcurrency { get; init; }
}
