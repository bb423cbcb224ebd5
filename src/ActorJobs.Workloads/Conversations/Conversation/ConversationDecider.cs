using System.Diagnostics;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Workloads.Conversations;

/// <summary>One conversation between a business number and a customer: its rules, pure.</summary>
/// <param name="policy">What the deployer decided.</param>
/// <param name="fallback">The language for customers whose own has not shown; asked for with the first of them.</param>
internal sealed partial class ConversationDecider(ConversationPolicy policy, Lazy<Language> fallback)
    : IDecider<ConversationState, ConversationCommand, ConversationEvent>
{
    public const string Kind = "conversation";

    public ConversationState Initial => ConversationState.New;

    public ConversationCommand Wake { get; } = new WakeUp();

    public static EntityKey Key(ConversationId id) => new(Kind, id.ToString());

    public Decision<ConversationEvent> Decide(ConversationState state, ConversationCommand command, DecisionContext context)
    {
        var turn = new Turn(this, state, fallback.Value, context);
        return command switch
        {
            Receive receive => turn.End(Receive(turn, receive)),
            Report report => turn.End(Report(turn, report.Delivery)),
            BeginSend(var number) => turn.End(BeginSend(turn, number)),
            RecordSent sent => turn.End(Sent(turn, sent)),
            RecordSendFailure failure => turn.End(SendFailure(turn, failure)),
            RecordQuote quote => turn.End(Quote(turn, quote)),
            GiveUpQuote(var revision, var reason) => turn.End(NoQuote(turn, revision, reason)),
            TakeOver(var by) => turn.End(TakeOver(turn, by)),
            Say say => turn.End(SayAs(turn, say)),
            HandBack(var by) => turn.End(HandBack(turn, by)),
            Conclude conclude => turn.End(Conclude(turn, conclude)),
            WakeUp => turn.End(OnTime(turn)),
            _ => throw new UnreachableException($"{command.GetType().Name} is not decided"),
        };
    }

    public Intents Intents(ConversationState state)
    {
        if (state.LastAt == default)
            return Actors.Entities.Intents.None;
        var wake = Earlier(policy.RemindAt(state), policy.ExpireAt(state));
        return new Intents
        {
            WakeAt = wake,
            DeleteAt = wake is null && !state.HasWork ? state.LastAt + policy.Retention : null,
            Entries = ConversationIndex.EntriesOf(state),
        };
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => other is null || one < other ? one : other;

    private static Receipt Receive(Turn turn, Receive receive)
    {
        if (turn.State.Seen.Contains(SeenIds.HashOf(receive.Message.Id)))
            return new Receipt(false, turn.State.Stage);
        var reading = receive.Readings.For(turn.State.Language);
        turn.Happen(new MessageReceived(receive.Message, reading.Language, turn.Now));
        new Dialogue(turn, receive, reading).Answer();
        return new Receipt(true, turn.State.Stage);
    }

    private CommandAnswer OnTime(Turn turn)
    {
        if (policy.ExpireAt(turn.State) <= turn.Now)
        {
            var hadQuote = turn.State.Stage.HasQuote();
            turn.Enter(ConversationStage.Expired, hadQuote ? "the quote is past its validity" : "the customer fell silent");
            if (hadQuote && ConversationPolicy.IsWindowOpen(turn.State, turn.Now))
                turn.Say(turn.Words.QuoteExpired, Choice.Of(Acts.Yes, turn.Words.Again));
            return new CommandAnswer(turn.State.Stage);
        }

        if (policy.RemindAt(turn.State) <= turn.Now)
            Remind(turn);
        return new CommandAnswer(turn.State.Stage);
    }

    // a reminder that may not be sent is none: the customer hears from us when they write
    private void Remind(Turn turn)
    {
        turn.Happen(new Reminded(turn.Now));
        var template = policy.ReminderTemplate is { } name
            ? new TemplateContent(name, Phrases.TemplateLanguage(turn.Language), [turn.State.Name ?? ""])
            : null;
        if (template is not null || ConversationPolicy.IsWindowOpen(turn.State, turn.Now))
            turn.Say(new OutboundContent(turn.State.Stage.HasQuote() ? turn.Words.RemindQuote : turn.Words.RemindOrder) { Template = template });
    }
}
