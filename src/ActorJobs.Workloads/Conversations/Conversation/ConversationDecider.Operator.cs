namespace ActorJobs.Workloads.Conversations;

/// <summary>What people at the business can do: read along, take over, answer, hand back, say how it ended.</summary>
internal sealed partial class ConversationDecider
{
    private static CommandAnswer TakeOver(Turn turn, string by)
    {
        var state = turn.State;
        if (state.LastAt == default)
            return Refused(turn, "Nobody has said anything here yet.");
        if (state.Operator == by)
            return new CommandAnswer(state.Stage);
        if (state.Operator is { } other)
            return Refused(turn, $"{other} answers already.");
        turn.Happen(new TakenOver(by, turn.Now));
        turn.Enter(ConversationStage.HandedOver, $"{by} took over");
        return new CommandAnswer(turn.State.Stage);
    }

    private static CommandAnswer HandBack(Turn turn, string by)
    {
        if (turn.State.Stage != ConversationStage.HandedOver)
            return Refused(turn, $"The conversation is {turn.State.Stage.InWords()}: nobody has taken it over.");
        turn.Happen(new HandedBack(by, turn.Now));
        turn.Enter(ConversationStage.CollectingItems, $"{by} handed back");
        if (ConversationPolicy.IsWindowOpen(turn.State, turn.Now) && !turn.State.OptedOut)
            turn.Say(turn.Words.HandedBack);
        return new CommandAnswer(turn.State.Stage);
    }

    private static CommandAnswer SayAs(Turn turn, Say say)
    {
        var state = turn.State;
        // a form that was sent twice says it once
        if (say.Id is { } id && state.Seen.Contains(SeenIds.HashOf(id)))
            return new CommandAnswer(state.Stage);
        if (state.Stage != ConversationStage.HandedOver)
            return Refused(turn, $"The conversation is {state.Stage.InWords()}: take it over first, so that the customer is not answered twice.");
        if (state.OptedOut)
            return Refused(turn, Unwanted);
        if (say.Template is null && !ConversationPolicy.IsWindowOpen(state, turn.Now))
            return Refused(turn, "The customer's last message is more than 24 hours old: only a template may be sent.");
        if (say.Text.Length is 0 or > OutboundContent.MaxText)
            return Refused(turn, FormattableString.Invariant($"A message has 1 to {OutboundContent.MaxText} characters."));
        if (turn.Say(new OutboundContent(say.Text) { Template = say.Template }, say.By) is not { } number)
            return Refused(turn, "Too many messages wait to be sent.");
        if (say.Id is { } remembered)
            turn.Happen(new SayRemembered(SeenIds.HashOf(remembered), turn.Now));
        return new CommandAnswer(turn.State.Stage, Number: number);
    }

    private static CommandAnswer Conclude(Turn turn, Conclude conclude)
    {
        var stage = conclude.IsAccepted ? ConversationStage.Accepted : ConversationStage.Declined;
        if (turn.State.Stage == stage)
            return new CommandAnswer(stage);
        if (turn.State.LastAt == default || !ConversationStages.Allows(turn.State.Stage, stage) || (conclude.IsAccepted && turn.State.Quote?.Figures is null))
            return Refused(turn, $"The conversation is {turn.State.Stage.InWords()}{(turn.State.Quote?.Figures is null ? " without a quote" : "")} and cannot become {stage.InWords()}.");
        if (turn.State.Operator is not null)
            turn.Happen(new HandedBack(conclude.By, turn.Now));
        turn.Enter(stage, $"{conclude.By} said so");
        return new CommandAnswer(turn.State.Stage);
    }

    private static CommandAnswer Refused(Turn turn, string reason) => new(turn.State.Stage, reason);
}
