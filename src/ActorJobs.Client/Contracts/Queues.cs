namespace ActorJobs.Client;

/// <summary>A queue at one instant.</summary>
public sealed record QueueState
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>How many of its jobs are in each state; states with none are left out.</summary>
    public required IReadOnlyDictionary<string, long> States { get; init; }

    /// <summary>How many jobs may wait in it.</summary>
    public long Capacity { get; init; }

    /// <summary>Whether it is paused: jobs are accepted, none starts.</summary>
    public bool Paused { get; init; }

    /// <summary>Whether it is draining: jobs start, none is accepted.</summary>
    public bool Draining { get; init; }

    /// <summary>How long the oldest available job has waited.</summary>
    public TimeSpan OldestAge { get; init; }

    /// <summary>Finished attempts per second over the last 10 seconds.</summary>
    public double DrainRate { get; init; }

    /// <summary>The pools that serve it.</summary>
    public IReadOnlyList<string> Pools { get; init; } = [];

    /// <summary>What bounds its jobs in the whole cluster; null when nothing does.</summary>
    public QueueLimitState? Limits { get; init; }

    /// <summary>How many of its available jobs the node's last ask for permits was refused: above 0 while a limit holds some back.</summary>
    public long Held { get; init; }
}

/// <summary>What bounds a queue's jobs; null where nothing does.</summary>
/// <param name="Rate">How many may start in any window, for instance <c>50/s</c>.</param>
/// <param name="Concurrency">How many may run at once.</param>
/// <param name="KeyRate">As the rate, for the jobs with one concurrency key.</param>
/// <param name="KeyConcurrency">As the concurrency, for the jobs with one concurrency key.</param>
public sealed record QueueLimitState(string? Rate = null, int? Concurrency = null, string? KeyRate = null, int? KeyConcurrency = null);

/// <summary>A circuit breaker at one instant.</summary>
/// <param name="Name">The dependency.</param>
/// <param name="Status"><c>Closed</c>, <c>Open</c> or <c>HalfOpen</c>.</param>
/// <param name="Since">Since when; null for one that has never opened.</param>
/// <param name="Until">While it is open: when probes are let through.</param>
/// <param name="Failures">The failed attempts that count.</param>
public sealed record BreakerState(string Name, string Status, DateTimeOffset? Since = null, DateTimeOffset? Until = null, int Failures = 0);

/// <summary>The circuit breakers that are configured or not closed.</summary>
public sealed record BreakerList(IReadOnlyList<BreakerState> Items);

/// <summary>The queues of a node.</summary>
public sealed record QueueList(IReadOnlyList<QueueState> Items);

/// <summary>What to change about a queue; null leaves it as it is.</summary>
/// <param name="Capacity">How many jobs may wait.</param>
/// <param name="Paused">Whether no job starts.</param>
/// <param name="Draining">Whether no job is accepted.</param>
/// <param name="Rate">How many jobs may start in any window: <c>50/s</c>; <c>none</c> for any number, <c>configured</c> for what the configuration says.</param>
/// <param name="Concurrency">How many jobs may run at once: 1 to 10 000; 0 for any number, -1 for what the configuration says.</param>
/// <param name="KeyRate">As the rate, for the jobs with one concurrency key.</param>
/// <param name="KeyConcurrency">As the concurrency, for the jobs with one concurrency key.</param>
public sealed record ChangeQueue(
    long? Capacity = null, bool? Paused = null, bool? Draining = null, string? Rate = null, int? Concurrency = null, string? KeyRate = null, int? KeyConcurrency = null);

/// <summary>A pool at one instant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Queues">The queues it serves; empty means all that no other pool serves.</param>
/// <param name="Size">How many attempts it may run at once.</param>
/// <param name="Busy">How many run now.</param>
/// <param name="Restarts">How often it was restarted by its supervisor.</param>
public sealed record PoolState(string Name, IReadOnlyList<string> Queues, int Size, int Busy, long Restarts)
{
    /// <summary>The fewest slots, when it scales itself.</summary>
    public int? Min { get; init; }

    /// <summary>The most slots, when it scales itself.</summary>
    public int? Max { get; init; }

    /// <summary>Where its attempts run: <c>InProcess</c>, <c>Isolated</c> or <c>Remote</c>.</summary>
    public string? Runs { get; init; }
}

/// <summary>The pools of a node.</summary>
public sealed record PoolList(IReadOnlyList<PoolState> Items);

/// <summary>A pool's new size, or the bounds between which it scales itself.</summary>
/// <param name="Size">A fixed size, 1 to 10 000 slots.</param>
/// <param name="Min">The fewest slots. Default with <paramref name="Max"/>: 1.</param>
/// <param name="Max">The most slots.</param>
public sealed record ResizePool(int? Size = null, int? Min = null, int? Max = null);
