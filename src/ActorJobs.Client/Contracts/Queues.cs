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
}

/// <summary>The queues of a node.</summary>
public sealed record QueueList(IReadOnlyList<QueueState> Items);

/// <summary>What to change about a queue; null leaves it as it is.</summary>
/// <param name="Capacity">How many jobs may wait.</param>
/// <param name="Paused">Whether no job starts.</param>
/// <param name="Draining">Whether no job is accepted.</param>
public sealed record ChangeQueue(long? Capacity = null, bool? Paused = null, bool? Draining = null);

/// <summary>A pool at one instant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Queues">The queues it serves; empty means all that no other pool serves.</param>
/// <param name="Size">How many attempts it may run at once.</param>
/// <param name="Busy">How many run now.</param>
/// <param name="Restarts">How often it was restarted by its supervisor.</param>
public sealed record PoolState(string Name, IReadOnlyList<string> Queues, int Size, int Busy, long Restarts);

/// <summary>The pools of a node.</summary>
public sealed record PoolList(IReadOnlyList<PoolState> Items);

/// <summary>A pool's new size.</summary>
/// <param name="Size">1 to 10 000 slots.</param>
public sealed record ResizePool(int Size);
