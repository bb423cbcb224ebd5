namespace ActorJobs;

/// <summary>What to do, and upon which jobs.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Filter">
/// Which jobs; all that is set must match. Without a state it is every state that the action can change; a state that it cannot change matches no job.
/// </param>
/// <param name="Reason">Why; the reason of cancelled jobs.</param>
public sealed record BulkRequest(BulkVerb Action, JobFilter Filter, string? Reason = null)
{
    /// <summary>How many jobs one action changes at most. What is left takes another.</summary>
    public const int MaxJobs = 100_000;

    /// <summary>For a retry: a JSON merge patch (RFC 7396) that is applied to each job's arguments.</summary>
    public RawJson? Edit { get; init; }

    /// <summary>How many jobs to change, 1 to <see cref="MaxJobs"/>: the newest first. Default: <see cref="MaxJobs"/>.</summary>
    public int? Limit { get; init; }

    /// <summary>Which share of the jobs to change, above 0 and up to 1, drawn by their ids: asking again draws the same ones. Default: all.</summary>
    public double? Sample { get; init; }

    /// <summary>For a retry: how many jobs a second become available, 0.01 to 10 000. Default: all at once.</summary>
    public double? PerSecond { get; init; }

    /// <summary>The states in which a job can be changed by an action.</summary>
    public static IReadOnlyList<JobStatus> StatesOf(BulkVerb action) => action switch
    {
        BulkVerb.Cancel => [JobStatus.Running, JobStatus.Available, JobStatus.Retryable, JobStatus.Scheduled, JobStatus.Waiting],
        BulkVerb.Retry => [JobStatus.Retryable, JobStatus.Discarded, JobStatus.Cancelled, JobStatus.Expired],
        BulkVerb.Promote => [JobStatus.Retryable, JobStatus.Scheduled],
        BulkVerb.Dismiss => [JobStatus.Discarded],
        BulkVerb.Undo => [JobStatus.Available, JobStatus.Scheduled, JobStatus.Cancelled],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What is wrong with it, or null: the field and what it may be.</summary>
    public (string Field, string Rule)? Problem() =>
        Edit is not null && Action != BulkVerb.Retry ? ("edit", "Only a retry takes other arguments.")
        : PerSecond is not null && Action != BulkVerb.Retry ? ("perSecond", "Only a retry has a rate.")
        : Limit is < 1 or > MaxJobs ? ("limit", $"A limit is 1 to {MaxJobs} jobs.")
        : Sample is not (null or (> 0 and <= 1)) ? ("sample", "A sample is a share of the jobs, above 0 and up to 1.")
        : PerSecond is not (null or (>= 0.01 and <= 10_000)) ? ("perSecond", "A rate is 0.01 to 10000 jobs per second.")
        : null;
}

/// <summary>What can be done to many jobs.</summary>
public enum BulkVerb
{
    /// <summary>Ask them to stop.</summary>
    Cancel,

    /// <summary>Run again those that ended without completing, or that wait for their retry.</summary>
    Retry,

    /// <summary>Run now those that are to run later.</summary>
    Promote,

    /// <summary>Leave dead letters be: they become cancelled, and go when cancelled jobs do.</summary>
    Dismiss,

    /// <summary>Take another action back; see <see cref="IBulkActions.UndoAsync"/>.</summary>
    Undo,
}
