using System.Text.Json.Serialization;

namespace ActorJobs;

/// <summary>An attempt's answer that is not a result. Make one with the factory methods and return it from a handler.</summary>
[JsonDerivedType(typeof(Completion), "completion")]
[JsonDerivedType(typeof(Failure), "failure")]
[JsonDerivedType(typeof(Snooze), "snooze")]
[JsonDerivedType(typeof(Cancellation), "cancellation")]
[JsonDerivedType(typeof(Discard), "discard")]
public abstract record JobOutcome
{
    private JobOutcome()
    {
    }

    /// <summary>The attempt failed; the job is retried by its back-off, or after <paramref name="retryAfter"/> when given.</summary>
    public static JobOutcome Failed(string message, TimeSpan? retryAfter = null, string type = "Failed") =>
        new Failure(new JobError(type, message, null), retryAfter);

    /// <summary>The job should run again after <paramref name="delay"/>; no attempt is used.</summary>
    public static JobOutcome Snoozed(TimeSpan delay) => new Snooze(delay);

    /// <summary>The job stops as cancelled.</summary>
    public static JobOutcome Cancelled() => new Cancellation();

    /// <summary>The job goes to the dead letters at once, whatever attempts are left.</summary>
    public static JobOutcome Discarded(string reason, string type = "Discarded") => new Discard(new JobError(type, reason, null));

    /// <summary>The attempt succeeded.</summary>
    public sealed record Completion(RawJson Result) : JobOutcome;

    /// <summary>The attempt failed.</summary>
    public sealed record Failure(JobError Error, TimeSpan? RetryAfter) : JobOutcome;

    /// <summary>The attempt asked to run later.</summary>
    public sealed record Snooze(TimeSpan Delay) : JobOutcome;

    /// <summary>The attempt stopped because the job is cancelled.</summary>
    public sealed record Cancellation : JobOutcome;

    /// <summary>The attempt found that the job can never succeed.</summary>
    public sealed record Discard(JobError Error) : JobOutcome;
}

/// <summary>What a handler returns: a result, or one of the other outcomes. Both convert implicitly.</summary>
public readonly struct JobOutcome<TResult>
{
    private JobOutcome(TResult? result, JobOutcome? other) => (Result, Other) = (result, other);

    /// <summary>The result, when <see cref="Other"/> is null.</summary>
    public TResult? Result { get; }

    /// <summary>The outcome that is not a result, or null.</summary>
    public JobOutcome? Other { get; }

    /// <summary>The attempt succeeded.</summary>
    public static implicit operator JobOutcome<TResult>(TResult result) => new(result, null);

    /// <summary>The attempt ended otherwise.</summary>
    public static implicit operator JobOutcome<TResult>(JobOutcome other) => new(default, other);
}

/// <summary>Why an attempt failed.</summary>
/// <param name="Type">The exception's type name, or a word of the handler's.</param>
/// <param name="Message">What happened, for a person.</param>
/// <param name="Stack">The stack trace, if there was an exception. At most 16 KB are kept.</param>
public sealed record JobError(string Type, string Message, string? Stack);
