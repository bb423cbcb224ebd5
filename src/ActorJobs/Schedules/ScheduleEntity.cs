using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Schedules;

/// <summary>How schedules are stored and how their commands travel.</summary>
internal static class ScheduleEntity
{
    public const string Kind = "schedule";

    public static JsonEntityCodec<ScheduleState, ScheduleEvent> Codec { get; } = new(Kind, ScheduleJsonContext.Default.Options);

    public static EntityKind<ScheduleState, ScheduleCommand, ScheduleEvent> Define() => new(Kind, new ScheduleDecider(), Codec)
    {
        WireOptions = Wire,
        Replies =
        [
            typeof(ScheduleCommandResult.Done), typeof(ScheduleCommandResult.NotFound), typeof(ScheduleCommandResult.Refused),
            typeof(ScheduleCommandResult.Invalid), typeof(FiringReportReply),
        ],
    };

    // by reflection: what travels between nodes is a small part of what is stored
    private static JsonSerializerOptions Wire { get; } = new(ScheduleJsonContext.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(ScheduleJsonContext.Default, new DefaultJsonTypeInfoResolver()),
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ScheduleState))]
[JsonSerializable(typeof(ScheduleDefinition))]
[JsonSerializable(typeof(ScheduleDefined))]
[JsonSerializable(typeof(SchedulePaused))]
[JsonSerializable(typeof(ScheduleResumed))]
[JsonSerializable(typeof(ScheduleDeleted))]
[JsonSerializable(typeof(ScheduleProgressed))]
internal sealed partial class ScheduleJsonContext : JsonSerializerContext;
