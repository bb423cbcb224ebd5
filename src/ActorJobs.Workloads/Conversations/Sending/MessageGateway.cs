namespace ActorJobs.Workloads.Conversations;

/// <summary>Passes messages to the network.</summary>
internal interface IMessageGateway
{
    /// <summary>Sends one message. Every outcome is a value; only cancellation throws.</summary>
    ValueTask<GatewayAnswer> SendAsync(OutgoingMessage message, CancellationToken cancellationToken);
}

/// <summary>A message for the network.</summary>
/// <param name="Conversation">From which number to which.</param>
/// <param name="Number">The conversation's number of it.</param>
/// <param name="Content">What it says.</param>
/// <param name="AsTemplate">Only the template may go.</param>
internal sealed record OutgoingMessage(ConversationId Conversation, long Number, OutboundContent Content, bool AsTemplate)
{
    /// <summary>Travels with the message and comes back with every report about it.</summary>
    public string Mark => FormattableString.Invariant($"aj:{Number}");

    /// <summary>Our number out of what a report carried back; null when it is not ours.</summary>
    public static long? NumberIn(string? mark) =>
        mark?.StartsWith("aj:", StringComparison.Ordinal) == true
        && long.TryParse(mark.AsSpan(3), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

/// <summary>What the network said.</summary>
internal abstract record GatewayAnswer
{
    private GatewayAnswer()
    {
    }

    /// <summary>It took the message.</summary>
    public sealed record Accepted(string Wamid) : GatewayAnswer;

    /// <summary>It did not take it, and may later.</summary>
    /// <param name="Reason">What it said.</param>
    /// <param name="RetryAfter">When to come again, if it said so.</param>
    public sealed record Later(string Reason, TimeSpan? RetryAfter = null) : GatewayAnswer;

    /// <summary>It did not take it and never will.</summary>
    public sealed record Never(string Reason) : GatewayAnswer;

    /// <summary>No answer came: it may have taken it.</summary>
    public sealed record Unknown(string Reason) : GatewayAnswer;
}
