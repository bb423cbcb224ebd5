using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorJobs.Cluster;

/// <summary>An attempt that somebody wants to stop, wherever it runs.</summary>
internal sealed record CancelledAttempt(string Pool, string Job, int Attempt)
{
    public const string Operation = "cancel";

    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, CancelContext.Default.CancelledAttempt);

    public static CancelledAttempt Decode(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, CancelContext.Default.CancelledAttempt) ?? throw new InvalidDataException("A cancelled attempt is missing.");
}

[JsonSerializable(typeof(CancelledAttempt))]
internal sealed partial class CancelContext : JsonSerializerContext;
