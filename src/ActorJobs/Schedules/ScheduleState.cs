using System.Text.Json.Serialization;

namespace ActorJobs.Schedules;

/// <summary>What is known of a schedule.</summary>
internal sealed record ScheduleState
{
    public static ScheduleState None { get; } = new();

    public string Id { get; init; } = "";

    /// <summary>Null before it is put.</summary>
    public ScheduleDefinition? Definition { get; init; }

    public ScheduleSource Source { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public DateTimeOffset? PausedAt { get; init; }

    public string? PauseReason { get; init; }

    /// <summary>Set when it is deleted; it stays until its last firing has been handed over.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    public ScheduleProgress Progress { get; init; } = ScheduleProgress.None;

    [JsonIgnore]
    public bool Exists => Definition is not null && DeletedAt is null;
}
