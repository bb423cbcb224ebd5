namespace ActorJobs.AspNetCore;

/// <summary>The fields of a submit, named as on the wire.</summary>
internal enum JobField
{
    Kind, Args, Id, Queue, Priority, Delay, RunAt, MaxAttempts, Backoff, Timeout, StartBy, Retention, Unique, ConcurrencyKey, Tenant, Tags, Meta, ParentId,
    Dependency,
}

/// <summary>What was read of one job so far. A request is immutable and wants all of it at once.</summary>
internal struct JobDraft
{
    public string? Kind, Id, Queue, ConcurrencyKey, Tenant, ParentId, Dependency;
    public RawJson Args;
    public int? Priority, MaxAttempts;
    public TimeSpan? Delay, Timeout, Retention;
    public DateTimeOffset? RunAt, StartBy;
    public Backoff? Backoff;
    public UniqueRule? Unique;
    public IReadOnlyList<string>? Tags;
    public IReadOnlyDictionary<string, string>? Meta;

    public readonly JobRequest ToRequest(DateTimeOffset now) => new()
    {
        Kind = Kind!,
        Args = Args,
        Id = Id is null ? null : new JobId(Id),
        Queue = Queue,
        Priority = Priority,
        RunAt = Delay is { } delay ? now + delay : RunAt,
        MaxAttempts = MaxAttempts,
        Backoff = Backoff,
        Timeout = Timeout,
        StartBy = StartBy,
        Retention = Retention,
        Unique = Unique,
        ConcurrencyKey = ConcurrencyKey,
        Dependency = Dependency,
        Tenant = Tenant,
        Tags = Tags ?? [],
        Meta = Meta ?? System.Collections.Frozen.FrozenDictionary<string, string>.Empty,
        ParentId = ParentId is null ? null : new JobId(ParentId),
    };
}
