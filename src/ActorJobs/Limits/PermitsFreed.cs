using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorJobs.Limits;

/// <summary>Permits of a queue came back: said to those who were refused some.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Keys">The concurrency keys they were for.</param>
/// <param name="Tenants">The tenants they were for.</param>
internal sealed record PermitsFreed(string Queue, IReadOnlyList<string> Keys, IReadOnlyList<string> Tenants)
{
    public const string Operation = "permits";

    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, PermitsFreedContext.Default.PermitsFreed);

    public static PermitsFreed Decode(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, PermitsFreedContext.Default.PermitsFreed) ?? throw new InvalidDataException("News of permits are missing.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PermitsFreed))]
internal sealed partial class PermitsFreedContext : JsonSerializerContext;
