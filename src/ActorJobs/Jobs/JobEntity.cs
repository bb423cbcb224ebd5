using System.Text.Json.Serialization;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Jobs;

/// <summary>How jobs are addressed and stored.</summary>
internal static class JobEntity
{
    public const string Kind = "job";

    public static JobCodec Codec { get; } = new();

    public static EntityKey Key(JobId id) => new(Kind, id.Value);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(JobState))]
[JsonSerializable(typeof(JobSubmitted))]
[JsonSerializable(typeof(JobStaged))]
[JsonSerializable(typeof(AttemptStarted))]
[JsonSerializable(typeof(JobCompleted))]
[JsonSerializable(typeof(AttemptEnded))]
[JsonSerializable(typeof(JobDiscarded))]
[JsonSerializable(typeof(CancelRequested))]
[JsonSerializable(typeof(JobCancelled))]
[JsonSerializable(typeof(JobExpired))]
[JsonSerializable(typeof(JobRetried))]
[JsonSerializable(typeof(JobDismissed))]
[JsonSerializable(typeof(JobUndone))]
[JsonSerializable(typeof(JobReplaced))]
[JsonSerializable(typeof(JobKeyReleased))]
[JsonSerializable(typeof(JobReported))]
internal sealed partial class JobJsonContext : JsonSerializerContext;
