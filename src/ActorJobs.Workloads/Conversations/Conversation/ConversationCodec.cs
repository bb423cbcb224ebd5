using System.Text.Json.Serialization;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Workloads.Conversations;

/// <summary>How conversations are stored, and read straight from the store: what is there is what was answered for.</summary>
internal static class ConversationCodec
{
    // 2: ids are kept by day; states of before are told anew from their history
    private const int Schema = 2;

    public static JsonEntityCodec<ConversationState, ConversationEvent> Instance { get; } =
        new(ConversationDecider.Kind, ConversationJsonContext.Default.Options, Schema);

    public static ConversationState StateOf(StoredEntity entity) => Instance.DecodeState(entity.State.Data);

    public static ConversationEvent EventOf(StoredEvent stored) => Instance.DecodeEvent(stored.Event.Type, stored.Event.Data);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ConversationState))]
[JsonSerializable(typeof(MessageReceived))]
[JsonSerializable(typeof(OrderBegan))]
[JsonSerializable(typeof(GoodsChanged))]
[JsonSerializable(typeof(AddressGiven))]
[JsonSerializable(typeof(CouponNamed))]
[JsonSerializable(typeof(NotUnderstood))]
[JsonSerializable(typeof(StageEntered))]
[JsonSerializable(typeof(QuoteAsked))]
[JsonSerializable(typeof(QuoteMade))]
[JsonSerializable(typeof(QuoteNotMade))]
[JsonSerializable(typeof(Reminded))]
[JsonSerializable(typeof(OptedOut))]
[JsonSerializable(typeof(OptedIn))]
[JsonSerializable(typeof(TakenOver))]
[JsonSerializable(typeof(HandedBack))]
[JsonSerializable(typeof(MessageQueued))]
[JsonSerializable(typeof(SayRemembered))]
[JsonSerializable(typeof(SendStarted))]
[JsonSerializable(typeof(MessageSent))]
[JsonSerializable(typeof(SendFailed))]
[JsonSerializable(typeof(DeliveryReported))]
internal sealed partial class ConversationJsonContext : JsonSerializerContext;
