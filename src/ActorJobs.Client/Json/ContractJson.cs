using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorJobs.Client;

/// <summary>How the wire contracts are written as JSON: camel case, nulls left out of requests, durations as ISO 8601. Generated at compile time.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(DurationConverter), typeof(InstantConverter)])]
[JsonSerializable(typeof(SubmitJob))]
[JsonSerializable(typeof(SubmitBatch))]
[JsonSerializable(typeof(SubmitReceipt))]
[JsonSerializable(typeof(BatchReceipt))]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(JobList))]
[JsonSerializable(typeof(JobHistory))]
[JsonSerializable(typeof(JobCommandReceipt))]
[JsonSerializable(typeof(RetryJob))]
[JsonSerializable(typeof(CancelJob))]
[JsonSerializable(typeof(Why))]
[JsonSerializable(typeof(Stats))]
[JsonSerializable(typeof(QueueList))]
[JsonSerializable(typeof(QueueState))]
[JsonSerializable(typeof(ChangeQueue))]
[JsonSerializable(typeof(PoolList))]
[JsonSerializable(typeof(PoolState))]
[JsonSerializable(typeof(ResizePool))]
[JsonSerializable(typeof(StartWorkflow))]
[JsonSerializable(typeof(AddToWorkflow))]
[JsonSerializable(typeof(CancelWorkflow))]
[JsonSerializable(typeof(WorkflowReceipt))]
[JsonSerializable(typeof(WorkflowCommandReceipt))]
[JsonSerializable(typeof(WorkflowState))]
[JsonSerializable(typeof(WorkflowList))]
[JsonSerializable(typeof(NodeList))]
[JsonSerializable(typeof(ShardList))]
[JsonSerializable(typeof(AuditList))]
[JsonSerializable(typeof(Reason))]
[JsonSerializable(typeof(BulkAction))]
[JsonSerializable(typeof(BulkReceipt))]
[JsonSerializable(typeof(UserSummary))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(PaletteList))]
[JsonSerializable(typeof(ActorList))]
[JsonSerializable(typeof(NodeLog))]
[JsonSerializable(typeof(NodeLogBatch))]
[JsonSerializable(typeof(LogLevelList))]
[JsonSerializable(typeof(LogLevelState))]
[JsonSerializable(typeof(SetLogLevel))]
[JsonSerializable(typeof(Diagnostics))]
[JsonSerializable(typeof(CheckList))]
[JsonSerializable(typeof(PutSchedule))]
[JsonSerializable(typeof(Schedule))]
[JsonSerializable(typeof(ScheduleList))]
[JsonSerializable(typeof(Backfill))]
[JsonSerializable(typeof(ScheduleReceipt))]
public sealed partial class ContractJson : JsonSerializerContext;
