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
        if (state.Running is { } running)
        {
            // the request is history, the attempt goes on until its handler has stopped
            return Decision.Happened<JobEvent>(new CancelRequested(cancel.Reason, context.Now), new JobCommandResult.Done(JobStatus.Running)) with
            {
                Lease = running,
            };
        }

        return Decision.Happened<JobEvent>(new JobCancelled(null, cancel.Reason, context.Now), new JobCommandResult.Done(JobStatus.Cancelled));
    }

    private static Decision<JobEvent> Retry(JobState state, RetryJob retry, DecisionContext context)
    {
        if (state.Running is not null || state.Status is JobStatus.Available or JobStatus.Completed or JobStatus.Waiting or JobStatus.Scheduled)
        {
            return Decision.Reply<JobEvent>(new JobCommandResult.Refused(
                state.VisibleStatus, $"A job that is {state.VisibleStatus} cannot be retried; Discarded, Cancelled, Expired and Retryable ones can."));
        }

        var args = retry.Args is { IsNull: false } given ? given : (RawJson?)null; // stored JSON does not tell null from none
        return Decision.Happened<JobEvent>(new JobRetried(args, context.Now), new JobCommandResult.Done(JobStatus.Available));
    }

    private static Decision<JobEvent> Promote(JobState state, DecisionContext context) =>
        state.Running is null && state.Status is JobStatus.Scheduled or JobStatus.Retryable
            ? Decision.Happened<JobEvent>(new JobStaged(context.Now, ByHand: true), new JobCommandResult.Done(JobStatus.Available))
            : state.VisibleStatus is JobStatus.Available or JobStatus.Running
                ? Decision.Reply<JobEvent>(new JobCommandResult.Done(state.VisibleStatus))
                : Decision.Reply<JobEvent>(new JobCommandResult.Refused(
                    state.VisibleStatus, $"A job that is {state.VisibleStatus} cannot be promoted; Scheduled and Retryable ones can."));
}
