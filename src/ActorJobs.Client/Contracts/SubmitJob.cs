using System.Text.Json;

namespace ActorJobs.Client;

/// <summary>A job to be made: the body of <c>POST /api/v1/jobs</c>. Whatever is null comes from the options of the kind, then from the defaults.</summary>
public sealed record SubmitJob
{
    /// <summary>Which handler runs it.</summary>
    public required string Kind { get; init; }

    /// <summary>The handler's arguments, any JSON value.</summary>
    public JsonElement? Args { get; init; }

    /// <summary>The caller's id, 1 to 128 characters out of letters, digits and <c>- _ . : ~</c>: submitting it again changes nothing. Default: a new UUIDv7.</summary>
    public string? Id { get; init; }

    /// <summary>Default: the kind's queue, else <c>default</c>.</summary>
    public string? Queue { get; init; }

    /// <summary>0 to 9, 9 first. Default: the kind's, else 5.</summary>
    public int? Priority { get; init; }

    /// <summary>Not to be started before this much time has passed. Excludes <c>runAt</c>.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Not to be started before this instant. Excludes <c>delay</c>.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>1 to 1000. Default: the kind's, else 10.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>How long to wait between attempts. Default: the kind's, else exponential from 2 s, doubling, to 1 h, with full jitter.</summary>
    public BackoffRule? Backoff { get; init; }

    /// <summary>When an attempt is abandoned. Default: the kind's, else 30 minutes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The job expires when its first attempt has not started by then.</summary>
    public DateTimeOffset? StartBy { get; init; }

    /// <summary>How long the job is kept after its end. Default: the kind's, else 1 day (dead letters 30 days).</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>At most one job per key.</summary>
    public UniqueKey? Unique { get; init; }

    /// <summary>At most as many running jobs share this key as the queue's limit says.</summary>
    public string? ConcurrencyKey { get; init; }

    /// <summary>What it needs to succeed: while the circuit breaker of that name is open, the job waits. Default: the kind's, else none.</summary>
    public string? Dependency { get; init; }

    /// <summary>For whom the job runs; slots are shared fairly between tenants.</summary>
    public string? Tenant { get; init; }

    /// <summary>Words to find the job by, at most 16.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Free text kept with the job, at most 32 entries.</summary>
    public IReadOnlyDictionary<string, string>? Meta { get; init; }

    /// <summary>The job that submits this one.</summary>
    public string? ParentId { get; init; }

    /// <summary>A job with arguments serialised by System.Text.Json's web defaults.</summary>
    public static SubmitJob Of<TArgs>(string kind, TArgs args) =>
        new() { Kind = kind, Args = JsonSerializer.SerializeToElement(args, JsonSerializerOptions.Web) };
}

/// <summary>Many jobs: the body of <c>POST /api/v1/jobs/batch</c>.</summary>
/// <param name="Jobs">1 to 10 000 jobs; each is accepted or refused on its own.</param>
public sealed record SubmitBatch(IReadOnlyList<SubmitJob> Jobs);

/// <summary>Waits between attempts. <c>exponential</c>: base, factor, max, jitter; <c>list</c>: delays; <c>fixed</c>: delay.</summary>
public sealed record BackoffRule
{
    /// <summary><c>exponential</c>, <c>list</c> or <c>fixed</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Exponential: the first wait. Default: 2 seconds.</summary>
    public TimeSpan? Base { get; init; }

    /// <summary>Exponential: what the wait is multiplied by. Default: 2.</summary>
    public double? Factor { get; init; }

    /// <summary>Exponential: the longest wait. Default: 1 hour.</summary>
    public TimeSpan? Max { get; init; }

    /// <summary>Exponential: the share of the wait drawn at random, 0 to 1. Default: 1.</summary>
    public double? Jitter { get; init; }

    /// <summary>List: a wait per attempt; the last is used again when the list ends.</summary>
    public IReadOnlyList<TimeSpan>? Delays { get; init; }

    /// <summary>Fixed: always this wait.</summary>
    public TimeSpan? Delay { get; init; }
}

/// <summary>At most one job per key within a scope.</summary>
public sealed record UniqueKey
{
    /// <summary>What must be unique, 1 to 200 characters.</summary>
    public required string Key { get; init; }

    /// <summary><c>untilFinished</c> (default), <c>untilStarted</c> or <c>period</c>.</summary>
    public string? Scope { get; init; }

    /// <summary>With scope <c>period</c>: how long after the submit the key is held.</summary>
    public TimeSpan? Period { get; init; }

    /// <summary><c>reject</c> (default), <c>existing</c>, <c>replace</c> or <c>debounce</c>.</summary>
    public string? OnConflict { get; init; }
}
