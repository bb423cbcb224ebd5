namespace ActorJobs.Client;

/// <summary>What runs and ran for a user: <c>GET /api/v1/users/{id}/summary</c>. Counts what is stored; ended jobs are kept for their retention.</summary>
public sealed record UserSummary
{
    /// <summary>The user: the <c>tenant</c> of the jobs.</summary>
    public required string User { get; init; }

    /// <summary>All jobs.</summary>
    public long Total { get; init; }

    /// <summary>Those that completed.</summary>
    public long Completed { get; init; }

    /// <summary>Those that ended as Discarded or Expired.</summary>
    public long Failed { get; init; }

    /// <summary>Those that were cancelled.</summary>
    public long Cancelled { get; init; }

    /// <summary>Those that have not ended.</summary>
    public long InProgress { get; init; }

    /// <summary>How many are in each state.</summary>
    public required IReadOnlyDictionary<string, long> States { get; init; }

    /// <summary>Counts by state of what workloads keep for the user beside jobs, by name, for instance <c>scrapes</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Workloads { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, long>>();
}
