namespace ActorJobs;

/// <summary>A job as it is at one instant.</summary>
public sealed record JobView
{
    /// <summary>The job's id.</summary>
    public required JobId Id { get; init; }

    /// <summary>Which handler runs it.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required JobStatus State { get; init; }

    /// <summary>The queue it is in.</summary>
    public required string Queue { get; init; }

    /// <summary>0 to 9, 9 first.</summary>
    public int Priority { get; init; }

    /// <summary>How many attempts were started.</summary>
    public int Attempt { get; init; }

    /// <summary>How many attempts it may have.</summary>
    public int MaxAttempts { get; init; }

    /// <summary>How many ended attempts count against <see cref="MaxAttempts"/>: not the snoozed and interrupted ones, and a retry by hand begins anew.</summary>
    public int UsedAttempts { get; init; }

    /// <summary>The arguments.</summary>
    public RawJson Args { get; init; }

    /// <summary>The result, once completed.</summary>
    public RawJson? Result { get; init; }

    /// <summary>The last error.</summary>
    public JobError? Error { get; init; }

    /// <summary>What the running attempt last said, or the finished job's last word.</summary>
    public JobProgress? Progress { get; init; }

    /// <summary>The attempts, oldest first. The last 100 are kept.</summary>
    public IReadOnlyList<JobAttempt> Attempts { get; init; } = [];

    /// <summary>The last attempt's log lines.</summary>
    public IReadOnlyList<JobLogLine> Log { get; init; } = [];

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it may run, if later than now.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>When its last attempt started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>For whom it runs.</summary>
    public string? Tenant { get; init; }

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The caller's free text.</summary>
    public IReadOnlyDictionary<string, string> Meta { get; init; } = JobRequest.EmptyMeta;

    /// <summary>The job that submitted it.</summary>
    public JobId? ParentId { get; init; }

    /// <summary>The workflow of which it is a node.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>The schedule of which it is a firing.</summary>
    public string? ScheduleId { get; init; }

    /// <summary>The bulk action that changed it last, while that can be taken back: nothing has happened to it since.</summary>
    public string? ActionId { get; init; }

    /// <summary>The trace it was submitted in, as 32 hexadecimal digits.</summary>
    public string? TraceId { get; init; }

    /// <summary>The nodes of its workflow whose results it may use: jobs, or nested workflows. Empty in lists.</summary>
    public IReadOnlyList<JobId> Parents { get; init; } = [];
}

/// <summary>How far an attempt is.</summary>
/// <param name="Fraction">Between 0 and 1.</param>
/// <param name="Message">What is being done.</param>
public sealed record JobProgress(double Fraction, string? Message);

/// <summary>A line of an attempt's log.</summary>
public sealed record JobLogLine(DateTimeOffset At, string Text);

/// <summary>One try.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Node">Where it ran.</param>
/// <param name="StartedAt">When it was claimed.</param>
/// <param name="FinishedAt">When its outcome was decided; null while it runs.</param>
/// <param name="Outcome">How it ended; null while it runs.</param>
/// <param name="Error">Why it failed.</param>
public sealed record JobAttempt(
    int Number, string Node, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, AttemptOutcome? Outcome, JobError? Error);

/// <summary>How an attempt ended.</summary>
public enum AttemptOutcome
{
    /// <summary>With a result.</summary>
    Completed,

    /// <summary>With an error.</summary>
    Failed,

    /// <summary>With a wish to run later.</summary>
    Snoozed,

    /// <summary>On request.</summary>
    Cancelled,

    /// <summary>It ran longer than allowed and was abandoned.</summary>
    TimedOut,

    /// <summary>Its process ended (isolated pools).</summary>
    Crashed,

    /// <summary>Its node died or was cut off.</summary>
    Lost,

    /// <summary>Its node shut down before it ended. It uses no attempt.</summary>
    Interrupted,
}
