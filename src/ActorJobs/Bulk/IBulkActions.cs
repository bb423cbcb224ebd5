namespace ActorJobs;

/// <summary>Acts upon many jobs at once, in the background.</summary>
public interface IBulkActions
{
    /// <summary>How many jobs the action would change, and the first of them. Costs at most 10 000 jobs looked at, whatever is stored.</summary>
    ValueTask<BulkPreview> PreviewAsync(BulkRequest request, CancellationToken cancellationToken = default);

    /// <summary>Submits the job that carries the action out. It acts upon jobs as they were when it was submitted, on each at most once.</summary>
    ValueTask<SubmitResult> StartAsync(BulkRequest request, CancellationToken cancellationToken = default);
}

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

    /// <summary>The states in which a job can be changed by an action.</summary>
    public static IReadOnlyList<JobStatus> StatesOf(BulkVerb action) => action switch
    {
        BulkVerb.Cancel => [JobStatus.Running, JobStatus.Available, JobStatus.Retryable, JobStatus.Scheduled, JobStatus.Waiting],
        BulkVerb.Retry => [JobStatus.Retryable, JobStatus.Discarded, JobStatus.Cancelled, JobStatus.Expired],
        BulkVerb.Promote => [JobStatus.Retryable, JobStatus.Scheduled],
        _ => throw new System.Diagnostics.UnreachableException(),
    };
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
}

/// <summary>What an action would change now.</summary>
/// <param name="Count">How many jobs.</param>
/// <param name="IsLowerBound">Whether there may be more than were counted.</param>
/// <param name="Sample">The first of them, at most 10.</param>
public sealed record BulkPreview(long Count, bool IsLowerBound, IReadOnlyList<JobView> Sample);
