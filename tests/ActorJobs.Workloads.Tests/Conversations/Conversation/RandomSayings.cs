using ActorJobs.Workloads.Conversations;

namespace ActorJobs.Workloads.Tests.Conversations.Conversation;

/// <summary>Draws what customers, people at the business, jobs and the network come with, sensible or not.</summary>
internal sealed class RandomSayings(Random random)
{
    private static readonly string[] Lines =
    [
        "hello", "20 cement", "10 sacks of cement and 3 sand", "remove the cement", "make that 30 cement", "5 sacks of mortar", "12", "0", "half a sack", "done",
        "that's all", "yes", "no", "01310-100", "to 01310-100", "deliver to 99999-999", "another address", "coupon WELCOME5", "coupon NOTHING", "too expensive",
        "still too expensive", "accept", "no thanks", "start over", "a human please", "help", "thanks", "oi, quero 15 sacos de cimento", "sim", "quanto custa?",
        "hola", "quiero 4 bolsas de cemento", "gracias", "blurb", "tubo", "1", "2", "stop", "start", "",
    ];

    private readonly List<InboundMessage> heard = [];
    private int said;

    /// <summary>How long nothing happens: mostly seconds, now and then hours or days.</summary>
    public TimeSpan Pause => random.Next(12) switch
    {
        0 => TimeSpan.FromHours(random.Next(1, 30)),
        1 => TimeSpan.FromDays(random.NextDouble() * 4),
        _ => TimeSpan.FromSeconds(random.Next(0, 45)),
    };

    public ConversationCommand Next(ConversationState state, DateTimeOffset now) => random.Next(3) == 0 ? Forward(state, now) : random.Next(20) switch
    {
        < 9 => Receive(now),
        < 12 => new BeginSend(Number(state)),
        12 or 13 => new RecordSent(Number(state), Wamid(state)),
        14 => new RecordSendFailure(Number(state), "not taken", random.Next(2) == 0),
        15 => new Report(new DeliveryReport(Wamid(state), random.Next(2) == 0 ? Number(state) : null, Any<DeliveryStatus>(), now)),
        16 or 17 => Quote(state, now),
        _ => Operator(random.Next(7)),
    };

    // what leads on, for without it chance hardly comes as far as a quote
    private ConversationCommand Forward(ConversationState state, DateTimeOffset now) => state.Stage switch
    {
        ConversationStage.CollectingItems => Receive(state.Cart.Count == 0 ? "20 cement" : "done", now),
        ConversationStage.CollectingAddress => Receive("01310-100", now),
        ConversationStage.Confirming => Receive("yes", now),
        ConversationStage.Quoting => new RecordQuote(state.Quote!.Revision, new QuoteFigures(100, "BRL", 2, now.AddDays(7)), "the quote", null),
        ConversationStage.Quoted or ConversationStage.Negotiating => Receive(random.Next(2) == 0 ? "accept" : "too expensive", now),
        ConversationStage.HandedOver => new HandBack("ana"),
        _ => Receive("hello", now),
    };

    private Receive Receive(string line, DateTimeOffset now)
    {
        var message = new InboundMessage($"wamid.in.{said++}", InboundKind.Text, now) { Text = line };
        heard.Add(message);
        return Of(message);
    }

    private Receive Receive(DateTimeOffset now)
    {
        if (heard.Count > 0 && random.Next(8) == 0)
            return Of(heard[random.Next(Math.Max(0, heard.Count - 50), heard.Count)]);
        var message = new InboundMessage($"wamid.in.{said++}", InboundKind.Text, now - TimeSpan.FromSeconds(random.Next(100)));
        message = random.Next(10) switch
        {
            0 => message with { Kind = Any<InboundKind>() },
            1 or 2 or 3 => message with { Kind = InboundKind.Choice, Choice = $"act:{Any<Acts>()}" },
            _ => message with { Text = Lines[random.Next(Lines.Length)], Name = random.Next(5) == 0 ? "Ana" : null },
        };
        heard.Add(message);
        return Of(message);
    }

    private ConversationCommand Quote(ConversationState state, DateTimeOffset now)
    {
        var revision = (state.Quote?.Revision ?? 1) - (random.Next(4) == 0 ? 1 : 0);
        return random.Next(6) switch
        {
            0 => new RecordQuote(revision, null, null, new QuoteResult.Refused(Any<QuoteRefusal>(), "CEM-50", 10)),
            1 => new GiveUpQuote(revision, "broken"),
            _ => new RecordQuote(revision, new QuoteFigures(random.Next(1, 10_000), "BRL", 2, now.AddDays(7)), "the quote", null),
        };
    }

    private ConversationCommand Operator(int draw) => draw switch
    {
        0 or 1 => new TakeOver(random.Next(2) == 0 ? "ana" : "bob"),
        2 or 3 => new Say("ana", random.Next(6) == 0 ? "" : "one moment", random.Next(2) == 0 ? $"say-{random.Next(5)}" : null),
        4 => new HandBack("ana"),
        5 => new Conclude("ana", random.Next(2) == 0),
        _ => new WakeUp(),
    };

    // mostly one that there is
    private long Number(ConversationState state)
    {
        long[] known = [.. state.Outbox.Concat(state.Failed).Select(message => message.Number), .. state.Sent.TakeLast(2).Select(message => message.Number)];
        return known.Length > 0 && random.Next(5) > 0 ? known[random.Next(2) == 0 ? 0 : random.Next(known.Length)] : random.NextInt64(1, state.NextNumber + 2);
    }

    private string Wamid(ConversationState state) =>
        state.Sent.Count > 0 && random.Next(4) == 0 ? state.Sent[random.Next(state.Sent.Count)].Wamid : FormattableString.Invariant($"wamid.out.{said++}");

    private T Any<T>()
        where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];

    private static Receive Of(InboundMessage message) => new(message, Catalogues.Reader.Read(message), "quoteaddress0000000000");
}
