using System.Text.Json;

namespace ActorJobs.Client;

/// <summary>A job as it is at one instant. In lists, arguments, result, attempts and log are left out.</summary>
public sealed record Job
{
    /// <summary>The job's id.</summary>
    public required string Id { get; init; }

    /// <summary>Which handler runs it.</summary>
    public required string Kind { get; init; }

    /// <summary>Waiting, Scheduled, Available, Running, Retryable, Completed, Cancelled, Discarded or Expired.</summary>
    public required string State { get; init; }

    /// <summary>The queue it is in.</summary>
    public required string Queue { get; init; }

    /// <summary>0 to 9, 9 first.</summary>
    public int Priority { get; init; }

    /// <summary>How many attempts were started.</summary>
    public int Attempt { get; init; }

    /// <summary>How many attempts it may have.</summary>
    public int MaxAttempts { get; init; }

    /// <summary>The arguments.</summary>
    public JsonElement? Args { get; init; }

    /// <summary>The result, once completed.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>The last error.</summary>
    public JobFailure? Error { get; init; }

    /// <summary>How far it is.</summary>
    public ProgressReport? Progress { get; init; }

    /// <summary>The attempts, oldest first.</summary>
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];

    /// <summary>The last attempt's log lines.</summary>
    public IReadOnlyList<LogLine> Log { get; init; } = [];

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
    public IReadOnlyDictionary<string, string> Meta { get; init; } = new Dictionary<string, string>();

    /// <summary>The job that submitted it.</summary>
    public string? ParentId { get; init; }

    /// <summary>The jobs whose ends it waits for, or waited for, in its workflow.</summary>
    public IReadOnlyList<string> Parents { get; init; } = [];

    /// <summary>The workflow it belongs to.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>The schedule of which it is a firing.</summary>
    public string? ScheduleId { get; init; }

    /// <summary>The bulk action that changed it last, while that can be taken back: nothing has happened to the job since.</summary>
    public string? ActionId { get; init; }

    /// <summary>The trace it was submitted in, as 32 hexadecimal digits; null without one.</summary>
    public string? TraceId { get; init; }

    /// <summary>Whether the job has ended; only a retry brings it back.</summary>
    public bool HasEnded() => State is "Completed" or "Cancelled" or "Discarded" or "Expired";
}

/// <summary>Why an attempt failed.</summary>
/// <param name="Type">The exception's type name, or a word of the handler's.</param>
/// <param name="Message">What happened, for a person.</param>
/// <param name="Stack">The stack trace, if there was an exception.</param>
public sealed record JobFailure(string Type, string Message, string? Stack);

/// <summary>How far an attempt is.</summary>
/// <param name="Fraction">Between 0 and 1.</param>
/// <param name="Message">What is being done.</param>
public sealed record ProgressReport(double Fraction, string? Message);

/// <summary>One try.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Node">Where it ran.</param>
/// <param name="StartedAt">When it was claimed.</param>
/// <param name="FinishedAt">When its outcome was decided; null while it runs.</param>
/// <param name="Outcome">Completed, Failed, Snoozed, Cancelled, TimedOut, Crashed, Lost or Interrupted; null while it runs.</param>
/// <param name="Error">Why it failed.</param>
public sealed record Attempt(
    int Number, string Node, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string? Outcome, JobFailure? Error);

/// <summary>A line of an attempt's log.</summary>
public sealed record LogLine(DateTimeOffset At, string Text);

/// <summary>A page of jobs, newest first.</summary>
/// <param name="Items">The jobs.</param>
/// <param name="Next">The cursor of the next page, or null at the end.</param>
public sealed record JobList(IReadOnlyList<Job> Items, string? Next);

/// <summary>What to list; all that is set must match.</summary>
public sealed record JobQuery
{
    /// <summary>A state's name.</summary>
    public string? State { get; init; }

    /// <summary>A queue's name.</summary>
    public string? Queue { get; init; }

    /// <summary>A kind's name.</summary>
    public string? Kind { get; init; }

    /// <summary>A tag.</summary>
    public string? Tag { get; init; }

    /// <summary>A tenant.</summary>
    public string? Tenant { get; init; }

    /// <summary>What their last errors have in common: <see cref="DeadGroup.Signature"/>.</summary>
    public string? Signature { get; init; }

    /// <summary>The last page's <c>next</c>.</summary>
    public string? Cursor { get; init; }

    /// <summary>1 to 1 000. Default: 50.</summary>
    public int? Limit { get; init; }
}
