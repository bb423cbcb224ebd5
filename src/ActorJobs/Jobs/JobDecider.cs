using System.Diagnostics;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Jobs;

/// <summary>The life of a job. The diagram in <c>docs/job-lifecycle.md</c> shows every edge that is decided here.</summary>
internal sealed partial class JobDecider : IDecider<JobState, JobCommand, JobEvent>
{
    public JobState Initial => JobState.None;

    public JobCommand? Wake => WakeJob.Instance;

    public Decision<JobEvent> Decide(JobState state, JobCommand command, DecisionContext context) => command switch
    {
        SubmitJob submit => Submit(state, submit, context),
        _ when state.Spec is null => Decision.Reply<JobEvent>(NoSuchJob(command)),
        StartAttempt start => Start(state, start, context),
        ReportAttempt report => Report(state, report),
        EndAttempt end => End(state, end, context),
        LoseAttempt lose => Lose(state, lose, context),
        CancelJob cancel => Cancel(state, cancel, context),
        RetryJob retry => Retry(state, retry, context),
        PromoteJob promote => Promote(state, promote, context),
        DismissJob dismiss => Dismiss(state, dismiss, context),
        UndoAction undo => Undo(state, undo, context),
        ContendForKey contend => Contend(state, contend, context),
        AcknowledgeEnd acknowledge => Acknowledge(state, acknowledge),
        WakeJob => SeeWhatIsDue(state, context),
        _ => throw new UnreachableException($"{command.GetType().Name} is not decided"),
    };

    public Intents Intents(JobState state) => JobIntents.Of(state);

    private static object? NoSuchJob(JobCommand command) => command switch
    {
        StartAttempt => StartReply.NotAvailable,
        EndAttempt or LoseAttempt => EndReply.Fenced,
        ReportAttempt => false,
        ContendForKey => ContendReply.Free,
        WakeJob or AcknowledgeEnd => null,
        _ => new JobCommandResult.NotFound(),
    };

    private static Decision<JobEvent> Submit(JobState state, SubmitJob submit, DecisionContext context)
    {
        if (state.Spec is { } there)
            return Decision.Reply<JobEvent>(new SubmitReply(state.VisibleStatus, false) { IsForeign = submit.Spec.WorkflowId is { } workflow && there.WorkflowId != workflow });
        var spec = submit.Delay is { } delay ? submit.Spec with { RunAt = context.Now + delay } : submit.Spec;
        var status = spec.RunAt > context.Now ? JobStatus.Scheduled : JobStatus.Available;
        return Decision.Happened<JobEvent>(new JobSubmitted(spec, status, context.Now), SubmitReply.New(status));
    }

    private static Decision<JobEvent> SeeWhatIsDue(JobState state, DecisionContext context)
    {
        if (IsPastStartBy(state, context.Now))
            return Decision.Happened<JobEvent>(new JobExpired(context.Now), null);
        if (JobIntents.KeyPeriodEnd(state) is { } end && end <= context.Now)
            return Decision.Happened<JobEvent>(new JobKeyReleased(context.Now), null) with { Lease = state.Running };
        if (state.Status is JobStatus.Scheduled or JobStatus.Retryable && state.Since <= context.Now)
            return Decision.Happened<JobEvent>(new JobStaged(context.Now), null);
        return Decision.Reply<JobEvent>(null);
    }

    private static bool IsPastStartBy(JobState state, DateTimeOffset now) =>
        state is { Attempt: 0, Running: null, Status: JobStatus.Available or JobStatus.Scheduled or JobStatus.Waiting }
        && state.Spec!.StartBy is { } startBy && startBy <= now;
}
