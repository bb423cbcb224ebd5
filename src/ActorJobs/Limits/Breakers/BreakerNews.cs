using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorJobs.Limits.Breakers;

/// <summary>A breaker has changed: said to every node.</summary>
internal sealed record BreakerNews(string Name, CircuitBreaker State)
{
    public const string Operation = "breaker";

    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, BreakerNewsContext.Default.BreakerNews);

    public static BreakerNews Decode(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, BreakerNewsContext.Default.BreakerNews) ?? throw new InvalidDataException("News of a breaker are missing.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BreakerNews))]
internal sealed partial class BreakerNewsContext : JsonSerializerContext;
