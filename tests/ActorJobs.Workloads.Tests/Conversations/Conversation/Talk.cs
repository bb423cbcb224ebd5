using ActorJobs.Actors.Entities;
using ActorJobs.Workloads.Conversations;

namespace ActorJobs.Workloads.Tests.Conversations.Conversation;

/// <summary>A conversation's decider driven by a test, without engine or clock: what is said is read and decided, quotes are worked out at once.</summary>
internal sealed class Talk
{
    public static readonly ConversationId Id = new("1", "5511966665555");

    private readonly ConversationDecider decider;
    private int said;

    public Talk(ConversationPolicy? policy = null)
    {
        Policy = policy ?? new ConversationPolicy();
        decider = new ConversationDecider(Policy, new Lazy<Language>(Language.En));
    }

    public ConversationPolicy Policy { get; }

    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public ConversationState State { get; private set; } = ConversationState.New;

    public ConversationStage Stage => State.Stage;

    public List<ConversationEvent> History { get; } = [];

    /// <summary>What was said last to the customer.</summary>
    public OutboundContent Last => History.OfType<MessageQueued>().Last().Content;

    public Intents Intents => decider.Intents(State);

    public DateTimeOffset? WakeAt => Intents.WakeAt;

    /// <summary>The state as the stored history tells it.</summary>
    public ConversationState Folded => History.Aggregate(ConversationState.New, (state, happened) =>
        decider.Evolve(state, ConversationCodec.Instance.DecodeEvent(ConversationCodec.Instance.TypeOf(happened), ConversationCodec.Instance.EncodeEvent(happened))));

    public object? Do(ConversationCommand command)
    {
        var decision = decider.Decide(State, command, new DecisionContext(ConversationDecider.Key(Id), Now, 42));
        foreach (var happened in decision.Events)
        {
            History.Add(happened);
            State = decider.Evolve(State, happened);
        }

        return decision.Reply;
    }

    /// <summary>The customer writes; each line is answered and sent before the next.</summary>
    public Talk Say(params string[] lines)
    {
        foreach (var line in lines)
            Hear(new InboundMessage($"wamid.{said++}", InboundKind.Text, Now) { Text = line });
        return this;
    }

    public Talk Tap(Acts act) => Hear(new InboundMessage($"wamid.{said++}", InboundKind.Choice, Now) { Choice = $"act:{act}" });

    public Talk Hear(InboundMessage message)
    {
        Do(new Receive(message, Catalogues.Reader.Read(message), "quoteaddress0000000000"));
        return this;
    }

    public Talk SendAll()
    {
        while (State.Outbox is [var first, ..])
        {
            Do(new BeginSend(first.Number));
            Do(new RecordSent(first.Number, $"wamid.out.{first.Number}"));
        }

        return this;
    }

    /// <summary>What the quote's job does.</summary>
    public Talk Quote()
    {
        var job = ConversationWork.Of(Id.ToString(), State, Language.En).First(job => job.Request.Kind == ConversationKinds.Quote);
        var quote = job.Request.Args.Deserialize<QuoteArgs>()!;
        switch (QuoteCalculator.Calculate(quote.Order, Catalogues.Shipped))
        {
            case QuoteResult.Made(var made):
                Do(new RecordQuote(quote.Revision, new QuoteFigures(made.Total, made.Currency, made.Decimals, made.ValidUntil), "the quote", null));
                break;
            case QuoteResult.Refused refused:
                Do(new RecordQuote(quote.Revision, null, null, refused));
                break;
        }

        return this;
    }

    /// <summary>Brings a new conversation to a stage on the shortest way.</summary>
    public Talk Reach(ConversationStage stage) => stage switch
    {
        ConversationStage.New => this,
        ConversationStage.CollectingItems => Say("20 cement"),
        ConversationStage.CollectingAddress => Reach(ConversationStage.CollectingItems).Say("done"),
        ConversationStage.Confirming => Reach(ConversationStage.CollectingAddress).Say("01310-100"),
        ConversationStage.Quoting => Reach(ConversationStage.Confirming).Say("yes"),
        ConversationStage.Quoted => Reach(ConversationStage.Quoting).Quote(),
        ConversationStage.Negotiating => Reach(ConversationStage.Quoted).Say("too expensive"),
        ConversationStage.Accepted => Reach(ConversationStage.Quoted).Say("accept"),
        ConversationStage.Declined => Reach(ConversationStage.Quoted).Say("no thanks"),
        ConversationStage.Expired => Reach(ConversationStage.Quoted).Wake(Policy.ExpireAt(State)!.Value),
        _ => Reach(ConversationStage.CollectingItems).Say("a human please"),
    };

    public Talk Wake(DateTimeOffset at)
    {
        Now = at;
        Do(new WakeUp());
        return this;
    }
}
