using ActorJobs.Actors.Entities;

namespace ActorJobs.Jobs;

/// <summary>What people may do with a job.</summary>
internal sealed partial class JobDecider
{
    private static Decision<JobEvent> Cancel(JobState state, CancelJob cancel, DecisionContext context)
    {
        if (state.Status == JobStatus.Cancelled || state.CancelReason is not null)
            return Decision.Reply<JobEvent>(new JobCommandResult.Done(state.VisibleStatus));
        if (state.Status.IsTerminal())
            return Decision.Reply<JobEvent>(new JobCommandResult.Refused(state.Status, $"The job has ended as {state.Status}."));
        if (MovedOn(state, cancel.From) is { } moved)
            return moved;
        if (state.Running is { } running)
        {
            // the request is history, the attempt goes on until its handler has stopped
            return Decision.Happened<JobEvent>(new CancelRequested(cancel.Reason, context.Now) { Action = cancel.Action }, new JobCommandResult.Done(JobStatus.Running)) with
            {
                Lease = running,
            };
        }

        return Decision.Happened<JobEvent>(
            new JobCancelled(null, cancel.Reason, context.Now) { Action = cancel.Action }, new JobCommandResult.Done(JobStatus.Cancelled));
    }

    private static Decision<JobEvent> Retry(JobState state, RetryJob retry, DecisionContext context)
    {
        if (state.Running is not null || state.Status is JobStatus.Available or JobStatus.Completed or JobStatus.Waiting or JobStatus.Scheduled)
        {
            return Decision.Reply<JobEvent>(new JobCommandResult.Refused(
                state.VisibleStatus, $"A job that is {state.VisibleStatus} cannot be retried; Discarded, Cancelled, Expired and Retryable ones can."));
        }

        if (MovedOn(state, retry.From) is { } moved)
            return moved;

        var args = retry.Args is { IsNull: false } given ? given : (RawJson?)null; // stored JSON does not tell null from none
        var runAt = retry.RunAt > context.Now ? retry.RunAt : null;
        return Decision.Happened<JobEvent>(
            new JobRetried(args, context.Now) { Action = retry.Action, RunAt = runAt },
            new JobCommandResult.Done(runAt is null ? JobStatus.Available : JobStatus.Scheduled));
    }

    private static Decision<JobEvent> Promote(JobState state, PromoteJob promote, DecisionContext context) =>
        state.Running is null && state.Status is JobStatus.Scheduled or JobStatus.Retryable
            ? MovedOn(state, promote.From)
                ?? Decision.Happened<JobEvent>(new JobStaged(context.Now, ByHand: true) { Action = promote.Action }, new JobCommandResult.Done(JobStatus.Available))
            : state.VisibleStatus is JobStatus.Available or JobStatus.Running
                ? Decision.Reply<JobEvent>(new JobCommandResult.Done(state.VisibleStatus))
                : Decision.Reply<JobEvent>(new JobCommandResult.Refused(
                    state.VisibleStatus, $"A job that is {state.VisibleStatus} cannot be promoted; Scheduled and Retryable ones can."));

    private static Decision<JobEvent> Dismiss(JobState state, DismissJob dismiss, DecisionContext context) => state.Status == JobStatus.Discarded
        ? Decision.Happened<JobEvent>(
            new JobDismissed(dismiss.Reason, context.Now) { Action = dismiss.Action }, new JobCommandResult.Done(JobStatus.Cancelled))
        : Decision.Reply<JobEvent>(new JobCommandResult.Refused(
            state.VisibleStatus, $"A job that is {state.VisibleStatus} cannot be dismissed; Discarded ones can."));

    private static Decision<JobEvent> Undo(JobState state, UndoAction undo, DecisionContext context) =>
        state.Undo?.Action != undo.Action || state.Running is not null
            ? Decision.Reply<JobEvent>(new JobCommandResult.Refused(state.VisibleStatus, $"The job has moved on since action {undo.Action}."))
            : Decision.Happened<JobEvent>(new JobUndone(undo.Action, context.Now), new JobCommandResult.Done(state.Undo.Status));

    // a filter that names a state speaks of the jobs that are in it, not of those that were
    private static Decision<JobEvent>? MovedOn(JobState state, JobStatus? from) => from is { } expected && state.VisibleStatus != expected
        ? Decision.Reply<JobEvent>(new JobCommandResult.Refused(state.VisibleStatus, $"The job is {state.VisibleStatus} by now, and was asked for as {expected}."))
        : null;
}
