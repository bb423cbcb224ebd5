namespace ActorJobs.Client;

/// <summary>The node at one instant: <c>GET /api/v1/stats</c>.</summary>
public sealed record Stats
{
    /// <summary>How many jobs are in each state.</summary>
    public required IReadOnlyDictionary<string, long> States { get; init; }

    /// <summary>The queues, by name.</summary>
    public required IReadOnlyList<QueueState> Queues { get; init; }

    /// <summary>The pools, by name.</summary>
    public required IReadOnlyList<PoolState> Pools { get; init; }

    /// <summary>What happened per second over the last 10 seconds.</summary>
    public required Rates Rates { get; init; }

    /// <summary>The last 60 seconds, one entry a second, oldest first.</summary>
    public required IReadOnlyList<Rates> Recent { get; init; }

    /// <summary>How many nodes are alive.</summary>
    public int Nodes { get; init; }

    /// <summary>The instant.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>Events per second.</summary>
public sealed record Rates(double Submitted, double Started, double Completed, double Failed, double Discarded);
