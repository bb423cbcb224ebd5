using System.Text.Json.Serialization;

namespace ActorJobs.Jobs;

/// <summary>A request with its defaults filled in: what a job is, from its submit on.</summary>
internal sealed record JobSpec
{
    private StoredBytes? stored;

    /// <summary>The specification as it is stored, once it has been written or read; empty before.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Stored
    {
        get => stored is { } kept && ReferenceEquals(kept.Of, this) ? kept.Utf8 : default;
        set => stored = new StoredBytes(this, value);
    }

    public required string Kind { get; init; }

    public RawJson Args { get; init; }

    public required string Queue { get; init; }

    public int Priority { get; init; }

    public int MaxAttempts { get; init; }

    /// <summary>Null for the kind's, as it is when an attempt fails.</summary>
    public Backoff? Backoff { get; init; }

    public TimeSpan Timeout { get; init; }

    public DateTimeOffset? RunAt { get; init; }

    public DateTimeOffset? StartBy { get; init; }

    public TimeSpan Retention { get; init; }

    public TimeSpan DeadLetterRetention { get; init; }

    public UniqueRule? Unique { get; init; }

    public string? ConcurrencyKey { get; init; }

    /// <summary>The dependency whose circuit breaker may hold it.</summary>
    public string? Dependency { get; init; }

    public string? Tenant { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public IReadOnlyDictionary<string, string>? Meta { get; init; }

    public JobId? ParentId { get; init; }

    /// <summary>The span that submitted it, as W3C's <c>traceparent</c>; null for most.</summary>
    public string? Trace { get; init; }

    /// <summary>The workflow of which it is a node, and which hears of its end.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>Its name in the workflow.</summary>
    public string? NodeKey { get; init; }

    /// <summary>The schedule of which it is a firing, and which hears of its end.</summary>
    public string? ScheduleId { get; init; }

    /// <summary>Which of the schedule's firings.</summary>
    public string? FiringKey { get; init; }

    /// <summary>Whether somebody is told of its end.</summary>
    [JsonIgnore]
    public bool IsReported => WorkflowId is not null || ScheduleId is not null;

    /// <summary>The nodes of the workflow whose results it may use, by their keys.</summary>
    public IReadOnlyList<string>? Parents { get; init; }

    // a copy made by "with" has these too, and they are not its own
    private sealed record StoredBytes(JobSpec Of, ReadOnlyMemory<byte> Utf8)
    {
        public bool Equals(StoredBytes? other) => true; // no part of what a specification says

        public override int GetHashCode() => 0;
    }
}
