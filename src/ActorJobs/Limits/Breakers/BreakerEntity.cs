using System.Text.Json.Serialization;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Limits.Breakers;

/// <summary>How breakers are addressed and stored.</summary>
internal static class BreakerEntity
{
    public const string Kind = "breaker";

    /// <summary>The list of those that are not closed.</summary>
    public const string Index = "breaker";

    public static JsonEntityCodec<CircuitBreaker, BreakerEvent> Codec { get; } = new(Kind, BreakerJsonContext.Default.Options);

    public static EntityKey Key(string name) => new(Kind, name);

    public static EntityKind<CircuitBreaker, BreakerCommand, BreakerEvent> Define(Func<int, IEntityObserver<CircuitBreaker>> observer) =>
        new(Kind, new BreakerDecider(), Codec)
        {
            WireOptions = BreakerJsonContext.Default.Options,
            Replies = [typeof(ProbeAnswer), typeof(CircuitBreaker), typeof(bool)],
            Observer = observer,
        };

    /// <summary>A breaker as the store has it.</summary>
    public static CircuitBreaker StateOf(StoredEntity stored) =>
        stored.Lease is { } lease ? Codec.DecodeEvent(lease.Type, lease.Data).State : Codec.DecodeState(stored.State.Data);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CircuitBreaker))]
[JsonSerializable(typeof(BreakerChanged))]
[JsonSerializable(typeof(BreakerCounted))]
[JsonSerializable(typeof(NoteOutcomes))]
[JsonSerializable(typeof(AskProbe))]
[JsonSerializable(typeof(SetBreaker))]
[JsonSerializable(typeof(ProbeAnswer))]
[JsonSerializable(typeof(bool))]
internal sealed partial class BreakerJsonContext : JsonSerializerContext;
