using System.Text.Json.Serialization;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Limits;

/// <summary>How queues' arbiters are addressed and stored. An arbiter runs on the shard of its queue's name.</summary>
internal static class LimitEntity
{
    public const string Kind = "limit";

    public static JsonEntityCodec<LimitState, LimitEvent> Codec { get; } = new(Kind, LimitJsonContext.Default.Options);

    public static EntityKey Key(string queue) => new(Kind, queue);

    public static EntityKind<LimitState, LimitCommand, LimitEvent> Define(Func<int, IEntityObserver<LimitState>> observer) => new(Kind, new LimitDecider(), Codec)
    {
        WireOptions = LimitJsonContext.Default.Options,
        Replies = [typeof(PermitsAnswer), typeof(bool)],
        Observer = observer,
    };

    /// <summary>What an arbiter has given out, as the store has it.</summary>
    public static LimitState StateOf(StoredEntity? stored) =>
        stored?.Lease is { } lease && Codec.DecodeEvent(lease.Type, lease.Data) is PermitsHeld held ? held.State : LimitState.None;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(LimitState))]
[JsonSerializable(typeof(LimitOpened))]
[JsonSerializable(typeof(PermitsHeld))]
[JsonSerializable(typeof(AskPermits))]
[JsonSerializable(typeof(SettlePermits))]
[JsonSerializable(typeof(DropAsk))]
[JsonSerializable(typeof(PermitsAnswer))]
[JsonSerializable(typeof(bool))]
internal sealed partial class LimitJsonContext : JsonSerializerContext;
