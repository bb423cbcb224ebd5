using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;

namespace ActorJobs.Cluster;

/// <summary>An attempt a node may hold.</summary>
internal readonly record struct HeldClaim(string Job, int Attempt);

/// <summary>The question of a shard's owner to a node: which of these attempts do you not know of?</summary>
internal static class HeldClaims
{
    public const string Operation = "held";

    public static bool Holds(ConcurrentDictionary<EntityKey, int> held, string job, int attempt) =>
        held.TryGetValue(new EntityKey(JobEntity.Kind, job), out var number) && number == attempt;

    /// <summary>Those of the asked ones that are not held.</summary>
    public static ReadOnlyMemory<byte> Answer(ReadOnlyMemory<byte> question, ConcurrentDictionary<EntityKey, int> held) =>
        Encode([.. Decode(question.Span).Where(claim => !Holds(held, claim.Job, claim.Attempt))]);

    public static ReadOnlyMemory<byte> Encode(HeldClaim[] claims) => JsonSerializer.SerializeToUtf8Bytes(claims, HeldClaimsContext.Default.HeldClaimArray);

    public static HeldClaim[] Decode(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, HeldClaimsContext.Default.HeldClaimArray) ?? [];
}

[JsonSerializable(typeof(HeldClaim[]))]
internal sealed partial class HeldClaimsContext : JsonSerializerContext;
