namespace ActorJobs.AspNetCore.Pages.Jobs;

/// <summary>All that the page of a job shows.</summary>
/// <param name="Job">The job.</param>
/// <param name="History">Its events, oldest first.</param>
/// <param name="Why">What it waits for, while it waits.</param>
public sealed record JobDetails(JobView Job, IReadOnlyList<JobEventView> History, WhyView? Why)
{
    private const int MaxEvents = 200;

    /// <summary>Whether it can still be cancelled.</summary>
    public bool MayCancel => !Job.State.IsTerminal();

    /// <summary>Whether it can be made available again.</summary>
    public bool MayRetry => Job.State is JobStatus.Discarded or JobStatus.Cancelled or JobStatus.Expired or JobStatus.Retryable;

    /// <summary>Whether it can be made available before its time.</summary>
    public bool MayPromote => Job.State is JobStatus.Scheduled or JobStatus.Retryable;

    /// <summary>Whether it is an action upon many jobs that can be taken back, if not too long ago.</summary>
    public bool MayUndo => Job.Kind == IBulkActions.Kind && !Job.Tags.Contains("undo");

    /// <summary>The part of an address that names the job.</summary>
    public string Path => $"/jobs/{Uri.EscapeDataString(Job.Id.Value)}";

    internal static async ValueTask<JobDetails> ReadAsync(JobView job, IJobQueries queries, CancellationToken cancellationToken)
    {
        var history = await queries.HistoryAsync(job.Id, 0, MaxEvents, cancellationToken) ?? [];
        var waits = !job.State.IsTerminal() && job.State != JobStatus.Running;
        return new JobDetails(job, history, waits ? await queries.WhyAsync(job.Id, cancellationToken) : null);
    }
}
