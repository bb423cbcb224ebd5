using System.Diagnostics;

namespace ActorJobs.Workloads.Conversations;

/// <summary>What an event leaves behind.</summary>
internal sealed partial class ConversationDecider
{
    private const int MaxSent = 40;
    private const int MaxFailed = 10;

    public ConversationState Evolve(ConversationState state, ConversationEvent happened) => After(state, happened) with { LastAt = happened.At };

    private ConversationState After(ConversationState state, ConversationEvent happened) => happened switch
    {
        MessageReceived(var message, var language, var at) => state with
        {
            Language = language ?? state.Language,
            Name = message.Name ?? state.Name,
            LastInboundAt = Latest(state.LastInboundAt, message.At < at ? message.At : at),
            HeardAt = at,
            Reminded = false,
            Seen = state.Seen.With(SeenIds.HashOf(message.Id), at),
        },
        OrderBegan => state with { Cart = [], Open = [], Coupon = null, Quote = null, Misses = 0 },
        GoodsChanged(var cart, var open, _) => state with { Cart = cart, Open = open, Misses = 0 },
        AddressGiven(var code, var address, _) => state with { PostalCode = code, Address = address, Misses = 0 },
        CouponNamed(var coupon, _) => state with { Coupon = coupon, Misses = 0 },
        NotUnderstood => state with { Misses = state.Misses + 1 },
        StageEntered(_, var to, _, var at) => state with
        {
            Stage = to,
            Since = at,
            Misses = 0,
            Reminded = false,
            // the customer, too, can lead out of a person's hands, by wanting no messages or wanting them again
            Operator = to == ConversationStage.HandedOver ? state.Operator : null,
        },
        QuoteAsked(var quote, _) => state with { Quote = quote },
        QuoteMade(_, var figures, _) => state with { Quote = state.Quote! with { Figures = figures } },
        QuoteNotMade => state,
        Reminded => state with { Reminded = true },
        OptedOut => state with { OptedOut = true, Outbox = [.. UnderWay(state.Outbox)], Failed = [.. UnderWay(state.Failed)] },
        OptedIn => state with { OptedOut = false },
        TakenOver(var by, _) => state with { Operator = by },
        HandedBack => state with { Operator = null },
        MessageQueued(var number, var content, _, _) => state with { Outbox = [.. state.Outbox, new PendingMessage(number, content)], NextNumber = number + 1 },
        SayRemembered(var hash, var at) => state with { Seen = state.Seen.With(hash, at) },
        SendStarted(var number, var at) => Started(state, number, at) with { PaceRestoredAt = policy.Pair.After(state.PaceRestoredAt, at) },
        MessageSent(var number, var wamid, _) => Without(state, number) with { Sent = [.. state.Sent.TakeLast(MaxSent - 1), new(number, wamid, DeliveryStatus.Sent)] },
        SendFailed failed => After(state, failed),
        DeliveryReported(var number, var status, _, _) => state with { Sent = [.. state.Sent.Select(sent => sent.Number == number ? sent with { Status = status } : sent)] },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not evolved"),
    };

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static ConversationState After(ConversationState state, SendFailed failed)
    {
        if (!failed.IsFinal)
            return Started(state, failed.Number, null);
        var lost = state.Outbox.Concat(state.Failed).Where(message => message.Number == failed.Number).Select(message => message with { StartedAt = null }).ToArray();
        var others = Without(state, failed.Number);
        return others with { Failed = [.. others.Failed.Concat(lost).TakeLast(MaxFailed)] };
    }

    // a dead letter that is retried is in doubt like any other message while nobody knows what became of the attempt
    private static ConversationState Started(ConversationState state, long number, DateTimeOffset? at) => state with
    {
        Outbox = [.. state.Outbox.Select(message => message.Number == number ? message with { StartedAt = at } : message)],
        Failed = [.. state.Failed.Select(message => message.Number == number ? message with { StartedAt = at } : message)],
    };

    private static IEnumerable<PendingMessage> UnderWay(IReadOnlyList<PendingMessage> messages) => messages.Where(message => message.StartedAt is not null);

    private static ConversationState Without(ConversationState state, long number) => state with
    {
        Outbox = [.. state.Outbox.Where(message => message.Number != number)],
        Failed = [.. state.Failed.Where(message => message.Number != number)],
    };
}
