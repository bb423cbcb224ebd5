using System.Diagnostics;
using ActorJobs.Jobs;

namespace ActorJobs.Bulk;

/// <summary>What a bulk action says to each of its jobs.</summary>
internal sealed class BulkCommand(JobClient jobs, JobId action, BulkRequest request)
{
    private readonly string reason = request.Reason ?? $"by bulk action {action}";

    /// <summary>Says it to one.</summary>
    /// <param name="id">The job.</param>
    /// <param name="runAt">When a retried job is to run; null for at once.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public ValueTask<JobCommandResult> SendAsync(JobId id, DateTimeOffset? runAt, CancellationToken cancellationToken) => request.Action switch
    {
        BulkVerb.Retry => RetryAsync(id, runAt, cancellationToken),
        BulkVerb.Cancel => jobs.CommandAsync(id, new CancelJob(reason) { Action = action.Value, From = request.Filter.State }, cancellationToken),
        BulkVerb.Promote => jobs.CommandAsync(id, new PromoteJob { Action = action.Value, From = request.Filter.State }, cancellationToken),
        BulkVerb.Dismiss => jobs.CommandAsync(id, new DismissJob(reason) { Action = action.Value }, cancellationToken),
        BulkVerb.Undo => jobs.CommandAsync(id, new UndoAction(request.Filter.ActionId!), cancellationToken),
        _ => throw new UnreachableException($"{request.Action} is not carried out"),
    };

    private async ValueTask<JobCommandResult> RetryAsync(JobId id, DateTimeOffset? runAt, CancellationToken cancellationToken)
    {
        var retry = new RetryJob(null) { Action = action.Value, From = request.Filter.State, RunAt = runAt };
        if (request.Edit is { } edit)
        {
            if (await jobs.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } job)
                return new JobCommandResult.NotFound();
            retry = retry with { Args = MergePatch.Apply(job.Args, edit) };
        }

        return await jobs.RetryAsync(id, retry, cancellationToken).ConfigureAwait(false);
    }
}
