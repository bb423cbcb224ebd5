using System.Diagnostics;

namespace ActorJobs.Jobs;

/// <summary>The state after each event. Every event of the history ends the lease, so each clears <see cref="JobState.Running"/>.</summary>
internal sealed partial class JobDecider
{
    public JobState Evolve(JobState state, JobEvent happened)
    {
        var next = Apply(state, happened);
        if (next.Status.IsTerminal() && !state.Status.IsTerminal() && next.Spec!.IsReported)
            next = next with { Ends = next.Ends + 1 };
        var undo = UndoPoint.After(state, happened);
        return ReferenceEquals(next.Undo, undo) ? next : next with { Undo = undo };
    }

    private static JobState Apply(JobState state, JobEvent happened) => happened switch
    {
        JobSubmitted submitted => new JobState
        {
            Spec = submitted.Spec,
            Status = submitted.Status,
            CreatedAt = submitted.At,
            Since = submitted.Status == JobStatus.Scheduled ? submitted.Spec.RunAt!.Value : submitted.At,
        },
        AttemptStarted started => state with { Running = started },
        JobStaged staged => state with { Status = JobStatus.Available, Since = staged.At, Running = null },
        JobCompleted completed => After(state, completed.Attempt, true) with
        {
            Status = JobStatus.Completed,
            Since = completed.Attempt.FinishedAt!.Value,
            FinishedAt = completed.Attempt.FinishedAt,
            Result = completed.Result.IsNull ? null : completed.Result, // stored JSON does not tell null from none
            Error = null,
            Progress = completed.Progress,
            Log = completed.Log,
            Checkpoint = null,
        },
        AttemptEnded ended => After(state, ended.Attempt, ended.IsUsed) with
        {
            Status = ended.NextAt > ended.Attempt.FinishedAt ? JobStatus.Retryable : JobStatus.Available,
            Since = ended.NextAt,
            Error = ended.Attempt.Error ?? state.Error,
            Progress = ended.Progress,
            Log = ended.Log,
            Checkpoint = ended.Checkpoint,
        },
        JobDiscarded discarded => After(state, discarded.Attempt, true) with
        {
            Status = JobStatus.Discarded,
            Since = discarded.At,
            FinishedAt = discarded.At,
            Error = discarded.Error,
            Progress = discarded.Progress,
            Log = discarded.Log,
            Checkpoint = discarded.Checkpoint,
        },
        CancelRequested requested => state with { CancelReason = requested.Reason, Running = null },
        JobCancelled cancelled => After(state, cancelled.Attempt, false) with
        {
            Status = JobStatus.Cancelled,
            Since = cancelled.At,
            FinishedAt = cancelled.At,
            CancelReason = cancelled.Reason,
            Progress = cancelled.Progress ?? state.Progress,
            Log = cancelled.Log ?? state.Log,
        },
        JobExpired expired => state with { Status = JobStatus.Expired, Since = expired.At, FinishedAt = expired.At, Running = null },
        JobRetried retried => state with
        {
            Spec = retried.Args is { } args ? state.Spec! with { Args = args, StartBy = null } : state.Spec! with { StartBy = null },
            Status = retried.RunAt is null ? JobStatus.Available : JobStatus.Scheduled,
            Since = retried.RunAt ?? retried.At,
            Used = 0,
            FinishedAt = null,
            CancelReason = null,
            Running = null,
        },
        JobDismissed dismissed => state with
        {
            Status = JobStatus.Cancelled,
            Since = dismissed.At,
            FinishedAt = dismissed.At,
            CancelReason = dismissed.Reason,
            Running = null,
        },
        JobUndone => state.Undo?.Restore(state) ?? state with { Running = null },
        JobReplaced replaced => state with
        {
            Spec = replaced.Spec,
            Status = replaced.Status,
            Since = replaced.Since,
            Used = 0,
            Error = null,
            Progress = null,
            Log = null,
            Checkpoint = null,
            Running = null,
        },
        JobKeyReleased => state with { KeyReleased = true, Running = null },
        JobReported reported => state with { Reported = reported.Ends, Running = null },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not evolved"),
    };

    private static JobState After(JobState state, JobAttempt? attempt, bool isUsed) => attempt is null
        ? state with { Running = null }
        : state with
        {
            Running = null,
            Attempt = attempt.Number,
            Used = state.Used + (isUsed ? 1 : 0),
            Attempts = state.Attempts is null ? [attempt] : [.. state.Attempts.TakeLast(JobState.MaxAttemptsKept - 1), attempt],
        };
}
