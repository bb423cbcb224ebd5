namespace ActorJobs.Workloads.Conversations;

/// <summary>
/// The way of a message to the customer. It is sent by a job; the gateway cannot tell a repetition from a new message. So the start of each attempt is
/// durable before the gateway hears of it, and an attempt whose outcome is unknown leaves the message in doubt: the network's report, which carries our
/// number back, settles that; only when none has come within a time is the message sent once more.
/// </summary>
internal sealed partial class ConversationDecider
{
    private const string Unwanted = "The customer wants no messages.";

    private SendAnswer BeginSend(Turn turn, long number)
    {
        var state = turn.State;
        if (state.Sent.FirstOrDefault(sent => sent.Number == number) is { } already)
            return new SendAnswer.Done(already.Wamid);
        var isRetry = state.Failed.FirstOrDefault(failed => failed.Number == number) is not null;
        if ((state.Outbox.Concat(state.Failed)).FirstOrDefault(pending => pending.Number == number) is not { } message)
            return new SendAnswer.Never(state.OptedOut ? Unwanted : "There is no such message, or it was sent long ago.");
        // a dead letter that a person retries does not wait for later messages
        if (!isRetry && state.Outbox[0].Number != number)
            return new SendAnswer.NotNow();
        if (message.StartedAt + policy.DoubtFor - turn.Now is { Ticks: > 0 } wait)
            return new SendAnswer.InDoubt(wait);

        var isOpen = ConversationPolicy.IsWindowOpen(state, turn.Now);
        if (!isOpen && message.Content.Template is null)
            return GiveUp(turn, number, "The 24-hour window is closed: only a template may be sent.");
        // what was on its way when they said so is not tried again; the answer to that wish, the last message there is, still goes
        if (state.OptedOut && number != state.NextNumber - 1)
            return GiveUp(turn, number, Unwanted);

        if (policy.Pair.Wait(state.PaceRestoredAt, turn.Now) is { Ticks: > 0 } pause)
            return new SendAnswer.TooSoon(pause);

        turn.Happen(new SendStarted(number, turn.Now));
        return new SendAnswer.Go(message.Content, AsTemplate: !isOpen);
    }

    private static SendAnswer.Never GiveUp(Turn turn, long number, string reason)
    {
        if (turn.State.Outbox.Any(pending => pending.Number == number))
            turn.Happen(new SendFailed(number, reason, IsFinal: true, turn.Now));
        return new SendAnswer.Never(reason);
    }

    private static CommandAnswer Sent(Turn turn, RecordSent sent)
    {
        if (IsPending(turn.State, sent.Number))
            turn.Happen(new MessageSent(sent.Number, sent.Wamid, turn.Now));
        return new CommandAnswer(turn.State.Stage);
    }

    private static CommandAnswer SendFailure(Turn turn, RecordSendFailure failure)
    {
        // a dead letter that is given up again is what it was
        if (turn.State.Outbox.Any(pending => pending.Number == failure.Number) || turn.State.Failed.Any(pending => pending.Number == failure.Number && pending.StartedAt is not null))
            turn.Happen(new SendFailed(failure.Number, failure.Reason, failure.IsFinal, turn.Now));
        return new CommandAnswer(turn.State.Stage);
    }

    private static Receipt Report(Turn turn, DeliveryReport delivery)
    {
        // the report of an attempt whose answer never came
        if (delivery.Number is { } number && IsPending(turn.State, number))
            turn.Happen(new MessageSent(number, delivery.Wamid, turn.Now));
        var known = turn.State.Sent.FirstOrDefault(sent => sent.Wamid == delivery.Wamid);
        // reports come twice and in any order: only what goes further is news
        if (known is null || delivery.Status <= known.Status)
            return new Receipt(false, turn.State.Stage);
        turn.Happen(new DeliveryReported(known.Number, delivery.Status, delivery.Error, turn.Now));
        return new Receipt(true, turn.State.Stage);
    }

    private static bool IsPending(ConversationState state, long number) => state.Outbox.Concat(state.Failed).Any(pending => pending.Number == number);
}
