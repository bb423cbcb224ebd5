namespace ActorJobs.Jobs;

/// <summary>What can be asked of a job.</summary>
internal abstract record JobCommand;

/// <summary>Accept it. Answers <see cref="SubmitReply"/>.</summary>
internal sealed record SubmitJob(JobSpec Spec) : JobCommand
{
    /// <summary>How long after it is accepted it may start, in place of a time.</summary>
    public TimeSpan? Delay { get; init; }
}

/// <summary>Begin an attempt. Answers <see cref="StartReply"/>.</summary>
internal sealed record StartAttempt(string Node, string Pool) : JobCommand
{
    /// <summary>The permit that the attempt holds until it ends; 0 for none.</summary>
    public long Permit { get; init; }

    /// <summary>Until when it may begin: later its permit may be somebody else's.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Keep what a running attempt says. Answers whether it still is the one.</summary>
internal sealed record ReportAttempt(int Attempt, AttemptReport Report) : JobCommand;

/// <summary>End an attempt. Answers <see cref="EndReply"/>.</summary>
/// <param name="Attempt">The attempt's number: its fence.</param>
/// <param name="How">How it ended.</param>
/// <param name="Outcome">What it answered; null when it could not.</param>
/// <param name="Backoff">The wait that applies when it is to be tried again.</param>
/// <param name="Report">What it said last.</param>
internal sealed record EndAttempt(int Attempt, AttemptOutcome How, JobOutcome? Outcome, Backoff Backoff, AttemptReport Report) : JobCommand;

/// <summary>End an attempt that nobody runs: its node is gone, or does not know of the claim. Answers <see cref="EndReply"/>.</summary>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Node">The node it was claimed for.</param>
/// <param name="WasKnown">Whether that node may have begun it: one that lives and never heard of it has run nothing.</param>
internal sealed record LoseAttempt(int Attempt, string Node, bool WasKnown) : JobCommand;

/// <summary>
/// Answer for a submit that has found its unique key held by this job, as the submit's rule says. Answers <see cref="SubmitReply"/> or
/// <see cref="ContendReply"/>.
/// </summary>
internal sealed record ContendForKey(JobSpec Spec) : JobCommand;

/// <summary>Stop. Answers <see cref="JobCommandResult"/>.</summary>
internal sealed record CancelJob(string Reason) : JobCommand
{
    /// <summary>The bulk action that asks; null when a person asks for this one job.</summary>
    public string? Action { get; init; }

    /// <summary>The state that it must be in, or it is left alone; null for any. What a filter found may have become another since.</summary>
    public JobStatus? From { get; init; }
}

/// <summary>Run again. Answers <see cref="JobCommandResult"/>.</summary>
internal sealed record RetryJob(RawJson? Args) : JobCommand
{
    /// <summary>The bulk action that asks; null when a person asks for this one job.</summary>
    public string? Action { get; init; }

    /// <summary>The state that it must be in, or it is left alone; null for any. What a filter found may have become another since.</summary>
    public JobStatus? From { get; init; }

    /// <summary>When it is to run; null for now. How a bulk action keeps to its rate.</summary>
    public DateTimeOffset? RunAt { get; init; }
}

/// <summary>Run now instead of later. Answers <see cref="JobCommandResult"/>.</summary>
internal sealed record PromoteJob : JobCommand
{
    /// <summary>The bulk action that asks; null when a person asks for this one job.</summary>
    public string? Action { get; init; }

    /// <summary>The state that it must be in, or it is left alone; null for any. What a filter found may have become another since.</summary>
    public JobStatus? From { get; init; }
}

/// <summary>Leave a dead letter be: nobody means to run it again. Answers <see cref="JobCommandResult"/>.</summary>
internal sealed record DismissJob(string Reason) : JobCommand
{
    /// <summary>The bulk action that asks; null when a person asks for this one job.</summary>
    public string? Action { get; init; }
}

/// <summary>Be again as before a bulk action, unless something has happened since. Answers <see cref="JobCommandResult"/>.</summary>
internal sealed record UndoAction(string Action) : JobCommand;

/// <summary>Its workflow has heard of its ends up to the <paramref name="Ends"/>th.</summary>
internal sealed record AcknowledgeEnd(int Ends) : JobCommand;

/// <summary>See whether something is due.</summary>
internal sealed record WakeJob : JobCommand
{
    public static WakeJob Instance { get; } = new();
}

/// <summary>What an attempt has said so far.</summary>
internal sealed record AttemptReport(JobProgress? Progress, IReadOnlyList<JobLogLine>? Log, RawJson? Checkpoint)
{
    public static AttemptReport Nothing { get; } = new(null, null, null);
}

/// <summary>The job is there.</summary>
internal sealed record SubmitReply(JobStatus Status, bool IsNew)
{
    /// <summary>Whether the job that is there is not the workflow's that submits: it tells that one nothing.</summary>
    public bool IsForeign { get; init; }

    public static SubmitReply New(JobStatus status) => status == JobStatus.Available ? NewAvailable : new(status, true);

    private static SubmitReply NewAvailable { get; } = new(JobStatus.Available, true);
}

/// <summary>Why a job does not answer for a submit with its unique key.</summary>
internal enum ContendReply
{
    /// <summary>It holds the key no longer: submit again.</summary>
    Free,

    /// <summary>It holds the key and does not give way: it runs, has ended, or the rule does not ask it to.</summary>
    Held,
}

/// <summary>The attempt may run, with this state; or the job is not available any more.</summary>
internal sealed record StartReply(JobState? Started)
{
    /// <summary>The claim: a state is written without it, and between nodes it must not be lost.</summary>
    public AttemptStarted? Claim
    {
        get => Started?.Running;
        init => Started = value is null ? Started : Started! with { Running = value };
    }

    public static StartReply NotAvailable { get; } = new((JobState?)null);
}

/// <summary>Whether the outcome was taken, or came from an attempt that is not the running one.</summary>
internal enum EndReply
{
    Taken,
    Fenced,
}
