using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorJobs;

/// <summary>How job arguments, results and checkpoints are written as JSON.</summary>
public static class JobJson
{
    /// <summary>Web defaults (camel case, case-insensitive), enums by name, nulls left out, at most 32 levels deep.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = 32,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };
}
