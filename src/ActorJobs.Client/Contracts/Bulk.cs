namespace ActorJobs.Client;

/// <summary>One action upon all jobs that match a filter: <c>POST /api/v1/jobs/actions</c>.</summary>
public sealed record BulkAction
{
    /// <summary>cancel, retry or promote.</summary>
    public required string Action { get; init; }

    /// <summary>Which jobs; at least one field must be set.</summary>
    public required BulkFilter Filter { get; init; }

    /// <summary>Whether to answer only with how many jobs match, and which first.</summary>
    public bool DryRun { get; init; }

    /// <summary>Kept in the audit log, and as the reason of cancelled jobs.</summary>
    public string? Reason { get; init; }
}

/// <summary>Which jobs; all that is set must match.</summary>
/// <param name="State">A state's name. Default: all states that the action can change.</param>
/// <param name="Queue">A queue's name.</param>
/// <param name="Kind">A kind's name.</param>
/// <param name="Tag">A tag.</param>
/// <param name="Tenant">A tenant.</param>
public sealed record BulkFilter(string? State = null, string? Queue = null, string? Kind = null, string? Tag = null, string? Tenant = null);

/// <summary>The answer to an action upon many jobs.</summary>
public sealed record BulkReceipt
{
    /// <summary>The job that carries it out, to be watched as any other; null for a dry run.</summary>
    public string? Id { get; init; }

    /// <summary>How many jobs match now.</summary>
    public long Count { get; init; }

    /// <summary>Whether there may be more than were counted.</summary>
    public bool CountIsLowerBound { get; init; }

    /// <summary>How many jobs one action changes at most.</summary>
    public int Limit { get; init; }

    /// <summary>The first of them, at most 10.</summary>
    public IReadOnlyList<Job> Sample { get; init; } = [];
}
