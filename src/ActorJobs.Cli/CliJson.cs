using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorJobs.Cli;

/// <summary>What this program itself writes as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonElement[]))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(DeadReport))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(ForeignImportReport))]
[JsonSerializable(typeof(BenchReport))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(ShardOfId))]
internal sealed partial class CliJson : JsonSerializerContext;
