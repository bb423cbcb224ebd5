namespace ActorJobs;

/// <summary>Steers queues and pools. A queue's settings are durable; a pool's size lasts until its process ends.</summary>
public interface IQueueControl
{
    /// <summary>The queues that hold jobs, are configured or were steered.</summary>
    ValueTask<IReadOnlyList<QueueView>> ListQueuesAsync(CancellationToken cancellationToken = default);

    /// <summary>One queue, or null when it was never heard of.</summary>
    ValueTask<QueueView?> FindQueueAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Changes a queue; what is null stays.</summary>
    ValueTask<QueueView> ChangeQueueAsync(string name, QueueChange change, CancellationToken cancellationToken = default);

    /// <summary>The circuit breakers that are configured or not closed.</summary>
    ValueTask<IReadOnlyList<BreakerView>> ListBreakersAsync(CancellationToken cancellationToken = default);

    /// <summary>Opens a dependency's circuit breaker, or closes it, by hand. A name that no job uses throws <see cref="ArgumentException"/> only when it is none.</summary>
    ValueTask<BreakerView> SetBreakerAsync(string name, bool open, CancellationToken cancellationToken = default);

    /// <summary>The pools of this node.</summary>
    ValueTask<IReadOnlyList<PoolView>> ListPoolsAsync(CancellationToken cancellationToken = default);

    /// <summary>Has a pool scale itself between bounds (1 to 10 000 slots), or returns null when there is none of that name.</summary>
    ValueTask<PoolView?> ScalePoolAsync(string name, int min, int max, CancellationToken cancellationToken = default);

    /// <summary>Gives a pool a fixed size (1 to 10 000 slots), or returns null when there is none of that name.</summary>
    ValueTask<PoolView?> ResizePoolAsync(string name, int size, CancellationToken cancellationToken = default);
}

/// <summary>What to change about a queue; null leaves it as it is.</summary>
/// <param name="Paused">Whether no job starts.</param>
/// <param name="Draining">Whether no job is accepted.</param>
/// <param name="Capacity">How many jobs may wait, at least 1.</param>
public sealed record QueueChange(bool? Paused = null, bool? Draining = null, long? Capacity = null)
{
    /// <summary>In place of a rate: no limit, whatever the configuration says.</summary>
    public const string None = "none";

    /// <summary>In place of a rate: as configured.</summary>
    public const string Configured = "configured";

    /// <summary>How many jobs may start in any window, as <see cref="ActorJobs.Rate"/> is written; <see cref="None"/> or <see cref="Configured"/>.</summary>
    public string? Rate { get; init; }

    /// <summary>How many jobs may run at once; 0 for no limit, -1 for as configured.</summary>
    public int? Concurrency { get; init; }

    /// <summary>As <see cref="Rate"/>, for the jobs of one concurrency key.</summary>
    public string? KeyRate { get; init; }

    /// <summary>As <see cref="Concurrency"/>, for the jobs of one concurrency key.</summary>
    public int? KeyConcurrency { get; init; }

    /// <summary>What is wrong with it, or null: the field and what it may be.</summary>
    public (string Field, string Rule)? Problem() =>
        Capacity is < 1 ? ("capacity", "A capacity is at least 1 job. To take no more jobs, drain the queue; to start none, pause it.")
        : !IsRate(Rate) ? ("rate", ActorJobs.Rate.Form + ", none or configured.")
        : !IsRate(KeyRate) ? ("keyRate", ActorJobs.Rate.Form + ", none or configured.")
        : Concurrency is < -1 or > 10_000 ? ("concurrency", "A concurrency is 1 to 10000, 0 for no limit, -1 for as configured.")
        : KeyConcurrency is < -1 or > 10_000 ? ("keyConcurrency", "A concurrency is 1 to 10000, 0 for no limit, -1 for as configured.")
        : null;

    private static bool IsRate(string? text) => text is null or None or Configured || ActorJobs.Rate.TryParse(text, out _);
}
