using ActorJobs.Actors.Entities;

namespace ActorJobs.Workloads.Conversations;

/// <summary>What can happen in a conversation.</summary>
public abstract record ConversationEvent(DateTimeOffset At);

/// <summary>The customer said something.</summary>
[EventType("conversation.message-received.v1")]
internal sealed record MessageReceived(InboundMessage Message, Language? Language, DateTimeOffset At) : ConversationEvent(At);

/// <summary>A new order begins: what the last one was about is past.</summary>
[EventType("conversation.order-began.v1")]
internal sealed record OrderBegan(DateTimeOffset At) : ConversationEvent(At);

/// <summary>The goods are these now, and these questions are open.</summary>
[EventType("conversation.goods-changed.v1")]
internal sealed record GoodsChanged(IReadOnlyList<CartLine> Cart, IReadOnlyList<Wish> Open, DateTimeOffset At) : ConversationEvent(At);

/// <summary>The customer said where to.</summary>
[EventType("conversation.address-given.v1")]
internal sealed record AddressGiven(string PostalCode, string Address, DateTimeOffset At) : ConversationEvent(At);

/// <summary>The customer named a coupon.</summary>
[EventType("conversation.coupon-named.v1")]
internal sealed record CouponNamed(string Coupon, DateTimeOffset At) : ConversationEvent(At);

/// <summary>The customer said something that means nothing here.</summary>
[EventType("conversation.not-understood.v1")]
internal sealed record NotUnderstood(DateTimeOffset At) : ConversationEvent(At);

/// <summary>The conversation went from one stage to another.</summary>
[EventType("conversation.stage-entered.v1")]
public sealed record StageEntered(ConversationStage From, ConversationStage To, string Reason, DateTimeOffset At) : ConversationEvent(At);

/// <summary>A revision of the quote was asked for.</summary>
[EventType("conversation.quote-asked.v1")]
internal sealed record QuoteAsked(QuoteInHand Quote, DateTimeOffset At) : ConversationEvent(At);

/// <summary>A revision of the quote is there.</summary>
[EventType("conversation.quote-made.v1")]
internal sealed record QuoteMade(int Revision, QuoteFigures Figures, DateTimeOffset At) : ConversationEvent(At);

/// <summary>There is no quote for this order as it is.</summary>
[EventType("conversation.quote-refused.v1")]
internal sealed record QuoteNotMade(int Revision, QuoteResult.Refused Refusal, DateTimeOffset At) : ConversationEvent(At);

/// <summary>The customer was reminded, or would have been if the window were open.</summary>
[EventType("conversation.reminded.v1")]
internal sealed record Reminded(DateTimeOffset At) : ConversationEvent(At);

/// <summary>The customer wants no messages. What was not sent is dropped.</summary>
[EventType("conversation.opted-out.v1")]
internal sealed record OptedOut(DateTimeOffset At) : ConversationEvent(At);

/// <summary>The customer wants messages again.</summary>
[EventType("conversation.opted-in.v1")]
internal sealed record OptedIn(DateTimeOffset At) : ConversationEvent(At);

/// <summary>A person answers from now on.</summary>
[EventType("conversation.taken-over.v1")]
internal sealed record TakenOver(string By, DateTimeOffset At) : ConversationEvent(At);

/// <summary>The system answers again.</summary>
[EventType("conversation.handed-back.v1")]
internal sealed record HandedBack(string By, DateTimeOffset At) : ConversationEvent(At);

/// <summary>Something is to be said to the customer.</summary>
/// <param name="Number">The message's number.</param>
/// <param name="Content">What.</param>
/// <param name="By">The person who said it; null for the system.</param>
/// <param name="At">When.</param>
[EventType("conversation.message-queued.v1")]
internal sealed record MessageQueued(long Number, OutboundContent Content, string? By, DateTimeOffset At) : ConversationEvent(At);

/// <summary>A person's message is known by its id from now on.</summary>
[EventType("conversation.say-remembered.v1")]
internal sealed record SayRemembered(long Hash, DateTimeOffset At) : ConversationEvent(At);

/// <summary>The gateway gets the message now.</summary>
[EventType("conversation.send-started.v1")]
internal sealed record SendStarted(long Number, DateTimeOffset At) : ConversationEvent(At);

/// <summary>The gateway took the message.</summary>
[EventType("conversation.message-sent.v1")]
internal sealed record MessageSent(long Number, string Wamid, DateTimeOffset At) : ConversationEvent(At);

/// <summary>The gateway did not take the message.</summary>
[EventType("conversation.send-failed.v1")]
internal sealed record SendFailed(long Number, string Reason, bool IsFinal, DateTimeOffset At) : ConversationEvent(At);

/// <summary>The network says how far a message came.</summary>
[EventType("conversation.delivery-reported.v1")]
internal sealed record DeliveryReported(long Number, DeliveryStatus Status, string? Error, DateTimeOffset At) : ConversationEvent(At);
