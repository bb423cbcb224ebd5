using System.Diagnostics;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Jobs;

/// <summary>Attempts: begun under a lease, fenced by their number, ended once.</summary>
internal sealed partial class JobDecider
{
    private static Decision<JobEvent> Start(JobState state, StartAttempt start, DecisionContext context)
    {
        if (state.Running is not null || state.Status != JobStatus.Available)
            return Decision.Reply<JobEvent>(StartReply.NotAvailable);
        if (start.Until <= context.Now)
            return Decision.Reply<JobEvent>(StartReply.NotAvailable);
        if (IsPastStartBy(state, context.Now))
            return Decision.Happened<JobEvent>(new JobExpired(context.Now), StartReply.NotAvailable);
        var lease = new AttemptStarted(state.Attempt + 1, start.Node, start.Pool, context.Now) { Checkpoint = state.Checkpoint, Permit = start.Permit };
        return Decision.Holds<JobEvent>(lease, new StartReply(state with { Running = lease }));
    }

    private static Decision<JobEvent> Report(JobState state, ReportAttempt command)
    {
        if (state.Running is not { } running || running.Number != command.Attempt)
            return Decision.Reply<JobEvent>(false);
        var (progress, log, checkpoint) = command.Report;
        return Decision.Holds<JobEvent>(running with { Progress = progress, Log = log, Checkpoint = checkpoint }, true);
    }

    private static Decision<JobEvent> End(JobState state, EndAttempt end, DecisionContext context)
    {
        if (state.Running is not { } running || running.Number != end.Attempt)
            return Decision.Reply<JobEvent>(EndReply.Fenced);
        return Decision.Happened(Ended(state, running, end, context), EndReply.Taken);
    }

    private static Decision<JobEvent> Lose(JobState state, LoseAttempt lose, DecisionContext context)
    {
        if (state.Running is not { } running || running.Number != lose.Attempt || running.Node != lose.Node)
            return Decision.Reply<JobEvent>(EndReply.Fenced);

        var how = lose.WasKnown ? AttemptOutcome.Lost : AttemptOutcome.Interrupted;
        var report = new AttemptReport(running.Progress, running.Log, running.Checkpoint);
        var end = new EndAttempt(running.Number, how, null, Backoff.Default, report);
        return Decision.Happened(Ended(state, running, end, context), EndReply.Taken);
    }

    private static JobEvent Ended(JobState state, AttemptStarted running, EndAttempt end, DecisionContext context)
    {
        JobAttempt Attempt(AttemptOutcome how, JobError? error) => new(running.Number, running.Node, running.At, context.Now, how, error);

        // asked to stop, and did not bring a result all the same
        if (state.CancelReason is { } reason && end.Outcome is not JobOutcome.Completion)
            return Cancelled(Attempt(AttemptOutcome.Cancelled, null), reason, end, context);

        return end.Outcome switch
        {
            JobOutcome.Completion completion => new JobCompleted(Attempt(AttemptOutcome.Completed, null), completion.Result)
            {
                Progress = end.Report.Progress,
                Log = end.Report.Log,
            },
            JobOutcome.Cancellation => Cancelled(Attempt(AttemptOutcome.Cancelled, null), "by its handler", end, context),
            JobOutcome.Discard discard => Discarded(Attempt(AttemptOutcome.Failed, discard.Error), discard.Error, end, context),
            JobOutcome.Snooze snooze => Again(Attempt(AttemptOutcome.Snoozed, null), context.Now + snooze.Delay, false, end),
            _ when end.How == AttemptOutcome.Interrupted => Again(Attempt(end.How, null), context.Now, false, end),
            JobOutcome.Failure failure => Failed(state, Attempt(end.How, failure.Error), failure.RetryAfter, end, context),
            null => Failed(state, Attempt(end.How, ErrorOf(end.How, running)), null, end, context),
            _ => throw new UnreachableException($"{end.Outcome.GetType().Name} is not decided"),
        };
    }

    private static JobEvent Failed(JobState state, JobAttempt attempt, TimeSpan? retryAfter, EndAttempt end, DecisionContext context)
    {
        if (state.Used + 1 >= state.Spec!.MaxAttempts)
            return Discarded(attempt, attempt.Error!, end, context);

        // a lost attempt says nothing against the job: it may run at once, and its count still ends a job that kills its nodes
        var wait = attempt.Outcome == AttemptOutcome.Lost
            ? TimeSpan.Zero
            : retryAfter ?? (state.Spec.Backoff ?? end.Backoff).After(state.Used + 1, context.Random);
        return Again(attempt, context.Now + wait, true, end);
    }

    private static JobError ErrorOf(AttemptOutcome how, AttemptStarted running) => how switch
    {
        AttemptOutcome.TimedOut => new("TimedOut", "The attempt ran longer than its timeout and was abandoned.", null),
        AttemptOutcome.Lost => new("Lost", $"Node {running.Node} ended before the attempt did.", null),
        _ => new(how.ToString(), $"The attempt ended as {how}.", null),
    };

    private static AttemptEnded Again(JobAttempt attempt, DateTimeOffset nextAt, bool isUsed, EndAttempt end) => new(attempt, nextAt, isUsed)
    {
        Progress = end.Report.Progress,
        Log = end.Report.Log,
        Checkpoint = end.Report.Checkpoint,
    };

    private static JobDiscarded Discarded(JobAttempt attempt, JobError error, EndAttempt end, DecisionContext context) => new(attempt, error, context.Now)
    {
        Progress = end.Report.Progress,
        Log = end.Report.Log,
        Checkpoint = end.Report.Checkpoint,
    };

    private static JobCancelled Cancelled(JobAttempt attempt, string reason, EndAttempt end, DecisionContext context) => new(attempt, reason, context.Now)
    {
        Progress = end.Report.Progress,
        Log = end.Report.Log,
    };
}
