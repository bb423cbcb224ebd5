using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorJobs.Pools.Remote;

/// <summary>What a worker has told one node about a lease that another one holds.</summary>
internal static class LeaseWire
{
    public const string Operation = "lease";

    public static byte[] Encode(LeaseCall call) => JsonSerializer.SerializeToUtf8Bytes(call, LeaseContext.Default.LeaseCall);

    public static byte[] Encode(LeaseAnswer answer) => JsonSerializer.SerializeToUtf8Bytes(answer, LeaseContext.Default.LeaseAnswer);

    public static LeaseCall DecodeCall(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, LeaseContext.Default.LeaseCall) ?? throw new InvalidDataException("A lease's call is missing.");

    public static LeaseAnswer DecodeAnswer(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, LeaseContext.Default.LeaseAnswer) ?? throw new InvalidDataException("A lease's answer is missing.");
}

[JsonSerializable(typeof(LeaseCall))]
[JsonSerializable(typeof(LeaseAnswer))]
internal sealed partial class LeaseContext : JsonSerializerContext;
