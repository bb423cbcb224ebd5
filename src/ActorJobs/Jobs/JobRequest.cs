namespace ActorJobs;

/// <summary>A job to be made. Whatever is null comes from the options of the kind, then from the defaults.</summary>
public sealed record JobRequest
{
    /// <summary>Which handler runs it.</summary>
    public required string Kind { get; init; }

    /// <summary>The handler's arguments.</summary>
    public RawJson Args { get; init; }

    /// <summary>The caller's id: submitting it again changes nothing and returns the job there is. Default: a new UUIDv7.</summary>
    public JobId? Id { get; init; }

    /// <summary>Default: the kind's queue, else <c>default</c>.</summary>
    public string? Queue { get; init; }

    /// <summary>0 to 9, 9 first. Default: the kind's, else 5.</summary>
    public int? Priority { get; init; }

    /// <summary>Not to be started before this instant.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>1 to 1000. Default: the kind's, else 10.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>How long to wait between attempts. Default: the kind's, else exponential from 2 s, doubling, to 1 h, with full jitter.</summary>
    public Backoff? Backoff { get; init; }

    /// <summary>When an attempt is abandoned and fenced. Default: the kind's, else 30 min.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The job becomes <see cref="JobStatus.Expired"/> when its first attempt has not started by then.</summary>
    public DateTimeOffset? StartBy { get; init; }

    /// <summary>How long the job is kept after its end. Default: the kind's, else 1 day (dead letters 30 days).</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>At most one live job per key.</summary>
    public UniqueRule? Unique { get; init; }

    /// <summary>At most as many running jobs share this key as the queue's limit says.</summary>
    public string? ConcurrencyKey { get; init; }

    /// <summary>What it needs to succeed, by a name: while the circuit breaker of that name is open, the job waits. Default: the kind's, else none.</summary>
    public string? Dependency { get; init; }

    /// <summary>For whom the job runs; slots are shared fairly between tenants.</summary>
    public string? Tenant { get; init; }

    /// <summary>Words to find the job by, at most 16.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Free text kept with the job, at most 32 entries.</summary>
    public IReadOnlyDictionary<string, string> Meta { get; init; } = EmptyMeta;

    /// <summary>The job that submitted this one.</summary>
    public JobId? ParentId { get; init; }

    /// <summary>A request with arguments serialised by <see cref="JobJson.Options"/>.</summary>
    public static JobRequest Of<TArgs>(string kind, TArgs args) => new() { Kind = kind, Args = RawJson.Of(args) };

    internal static IReadOnlyDictionary<string, string> EmptyMeta { get; } =
        System.Collections.Frozen.FrozenDictionary<string, string>.Empty;
}
