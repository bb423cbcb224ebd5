namespace ActorJobs.Workloads.Conversations;

/// <summary>Plays a customer: says what the script says, waits until all is answered and sent, and compares.</summary>
internal sealed class ScriptPlayer(ConversationIntake intake, ConversationReading reading, ConversationFeed feed, TimeProvider time)
{
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    /// <summary>Plays one script to its end.</summary>
    /// <returns>What was not as the script has it; null when all was.</returns>
    public async Task<string?> PlayAsync(ConversationId customer, Script script, CancellationToken cancellationToken)
    {
        using var changes = feed.Subscribe(customer.ToString());
        var said = 0;
        foreach (var step in script.Steps)
        {
            switch (step)
            {
                case ScriptStep.Say(var text):
                    await SayAsync(customer, new InboundMessage(IdOf(customer, said++), InboundKind.Text, time.GetUtcNow()) { Text = text }, script, cancellationToken);
                    break;
                case ScriptStep.Tap(var choice):
                    await SayAsync(customer, new InboundMessage(IdOf(customer, said++), InboundKind.Choice, time.GetUtcNow()) { Choice = choice }, script, cancellationToken);
                    break;
            }

            if (await AnsweredAsync(customer, changes, cancellationToken) is not { } state)
                return $"{script.Name}: not answered within {AnswerDeadline.TotalSeconds} s";
            if (Difference(step, state) is { } difference)
                return $"{script.Name}: {difference}";
        }

        return null;
    }

    private Task<Receipt> SayAsync(ConversationId customer, InboundMessage message, Script script, CancellationToken cancellationToken) =>
        intake.ReceiveAsync(customer, message with { Name = $"Simulated: {script.Name}" }, cancellationToken);

    private static string IdOf(ConversationId customer, int said) => FormattableString.Invariant($"wamid.sim.{customer}.{said}");

    /// <summary>The conversation when nothing is under way for it any more; null when that takes too long.</summary>
    private async Task<ConversationState?> AnsweredAsync(ConversationId customer, ConversationFeed.Subscription changes, CancellationToken cancellationToken)
    {
        var deadline = time.GetUtcNow() + AnswerDeadline;
        while (time.GetUtcNow() < deadline)
        {
            if (await reading.FindAsync(customer, cancellationToken) is { State: { HasWork: false } state })
                return state;
            // the change may be another node's, of which nothing is heard here
            using var patience = new CancellationTokenSource(LookAgain, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                await changes.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // look again
            }
        }

        return null;
    }

    private static string? Difference(ScriptStep step, ConversationState state) => step switch
    {
        ScriptStep.Total(var amount) when state.Quote?.Figures?.Total != amount => FormattableString.Invariant($"quoted {state.Quote?.Figures?.Total}, expected {amount}"),
        ScriptStep.Stage(var expected) when state.Stage != expected => $"is {state.Stage}, expected {expected}",
        _ => null,
    };
}
