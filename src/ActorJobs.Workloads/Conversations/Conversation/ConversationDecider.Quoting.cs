namespace ActorJobs.Workloads.Conversations;

/// <summary>What comes back from the job that works out a quote.</summary>
internal sealed partial class ConversationDecider
{
    private static CommandAnswer Quote(Turn turn, RecordQuote quote)
    {
        if (!IsAwaited(turn.State, quote.Revision))
            return Superseded(turn, quote.Revision);
        if (quote.Refusal is { } refusal)
        {
            turn.Happen(new QuoteNotMade(quote.Revision, refusal, turn.Now));
            var needsAddress = refusal.Reason == QuoteRefusal.NotDelivered;
            turn.Enter(needsAddress ? ConversationStage.CollectingAddress : ConversationStage.CollectingItems, $"no quote: {refusal.Reason}");
            turn.Say(turn.Words.Refusal(refusal));
            return new CommandAnswer(turn.State.Stage);
        }

        turn.Happen(new QuoteMade(quote.Revision, quote.Figures!, turn.Now));
        turn.Enter(ConversationStage.Quoted, "the quote is made");
        turn.Say(
            quote.Text!,
            Choice.Of(Acts.Accept, turn.Words.Accept), Choice.Of(Acts.Negotiate, turn.Words.Negotiate), Choice.Of(Acts.Decline, turn.Words.Decline));
        return new CommandAnswer(turn.State.Stage);
    }

    private static CommandAnswer NoQuote(Turn turn, int revision, string reason)
    {
        if (!IsAwaited(turn.State, revision))
            return Superseded(turn, revision);
        turn.Enter(ConversationStage.HandedOver, $"no quote could be made: {reason}");
        turn.Say(turn.Words.HandedOver);
        return new CommandAnswer(turn.State.Stage);
    }

    private static bool IsAwaited(ConversationState state, int revision) => state.Stage == ConversationStage.Quoting && state.Quote?.Revision == revision;

    private static CommandAnswer Superseded(Turn turn, int revision) =>
        new(turn.State.Stage, FormattableString.Invariant($"The conversation is {turn.State.Stage.InWords()} and does not wait for revision {revision}."));
}
