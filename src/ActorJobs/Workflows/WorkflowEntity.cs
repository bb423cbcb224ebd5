using System.Text.Json.Serialization;
using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;

namespace ActorJobs.Workflows;

/// <summary>How workflows are stored. The state of a big one is megabytes and changes by a byte: it is stored now and then, its events each time.</summary>
internal static class WorkflowEntity
{
    public const string Kind = "workflow";

    public static JsonEntityCodec<WorkflowState, WorkflowEvent> Codec { get; } = new(Kind, WorkflowJsonContext.Default.Options);

    public static EntityKind<WorkflowState, WorkflowCommand, WorkflowEvent> Define() =>
        new(Kind, new WorkflowDecider(), Codec)
        {
            StoresStateSparsely = true,
            Replies =
            [
                typeof(StartedReply), typeof(ReportReply), typeof(WorkflowCommandResult.Done), typeof(WorkflowCommandResult.NotFound),
                typeof(WorkflowCommandResult.Refused), typeof(WorkflowCommandResult.Invalid),
            ],
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(WorkflowState))]
[JsonSerializable(typeof(WorkflowDefinition))]
[JsonSerializable(typeof(JobSpec))]
[JsonSerializable(typeof(WorkflowStarted))]
[JsonSerializable(typeof(WorkflowExtended))]
[JsonSerializable(typeof(WorkflowAdvanced))]
[JsonSerializable(typeof(ItemsSubmitted))]
[JsonSerializable(typeof(ItemsStopping))]
[JsonSerializable(typeof(ItemsRenewed))]
[JsonSerializable(typeof(NodeEnded))]
[JsonSerializable(typeof(WorkflowCancelRequested))]
[JsonSerializable(typeof(WorkflowCompensating))]
[JsonSerializable(typeof(WorkflowEnded))]
[JsonSerializable(typeof(WorkflowRetried))]
[JsonSerializable(typeof(WorkflowReported))]
internal sealed partial class WorkflowJsonContext : JsonSerializerContext;
