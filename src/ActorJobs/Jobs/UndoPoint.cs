namespace ActorJobs.Jobs;

/// <summary>
/// How a job was before a bulk action changed it. The job keeps it until something else happens to it: what has moved on cannot be taken back, and so
/// nobody has to remember which jobs an action met.
/// </summary>
/// <param name="Action">The job that carries the action out.</param>
/// <param name="At">When it came to this job.</param>
/// <param name="Status">The status before.</param>
/// <param name="Since">Since when it was in it, or until when.</param>
internal sealed record UndoPoint(string Action, DateTimeOffset At, JobStatus Status, DateTimeOffset Since)
{
    public int Used { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public string? CancelReason { get; init; }

    public DateTimeOffset? StartBy { get; init; }

    /// <summary>The arguments before, when the action changed them.</summary>
    public RawJson? Args { get; init; }

    /// <summary>What is kept when <paramref name="happened"/> leads on from <paramref name="before"/>.</summary>
    public static UndoPoint? After(JobState before, JobEvent happened) => happened switch
    {
        JobRetried { Action: { } action } retried => Of(before, action, retried.At) with { Args = retried.Args is null ? null : before.Spec!.Args },
        JobCancelled { Action: { } action } cancelled => Of(before, action, cancelled.At),
        CancelRequested { Action: { } action } requested => Of(before, action, requested.At),
        JobStaged { Action: { } action } staged => Of(before, action, staged.At),
        JobDismissed { Action: { } action } dismissed => Of(before, action, dismissed.At),
        // what the action asked for has come about, or nothing that a person would see has happened
        JobCancelled when before.CancelReason is not null => before.Undo,
        JobStaged { ByHand: false } or JobReported or JobKeyReleased or AttemptStarted => before.Undo,
        _ => null,
    };

    /// <summary>The job as it was. Its attempts stay: they have taken place.</summary>
    public JobState Restore(JobState state) => state with
    {
        Spec = state.Spec! with { Args = Args ?? state.Spec!.Args, StartBy = StartBy },
        Status = Status,
        Since = Since,
        Used = Used,
        FinishedAt = FinishedAt,
        CancelReason = CancelReason,
        Running = null,
    };

    private static UndoPoint Of(JobState before, string action, DateTimeOffset at) => new(action, at, before.Status, before.Since)
    {
        Used = before.Used,
        FinishedAt = before.FinishedAt,
        CancelReason = before.CancelReason,
        StartBy = before.Spec!.StartBy,
    };
}
