using System.Text.Json.Serialization;

namespace ActorJobs.Workloads.Conversations;

/// <summary>What can be asked of a conversation.</summary>
internal abstract record ConversationCommand;

/// <summary>A message came. Answers a <see cref="Receipt"/>.</summary>
/// <param name="Message">The message.</param>
/// <param name="Readings">What it says.</param>
/// <param name="Address">The id a quote gets if this message leads to the first of an order: random, made outside.</param>
internal sealed record Receive(InboundMessage Message, Readings Readings, string Address) : ConversationCommand;

/// <summary>The network reports on a message. Answers a <see cref="Receipt"/>.</summary>
internal sealed record Report(DeliveryReport Delivery) : ConversationCommand;

/// <summary>A quote was worked out. Answers a <see cref="CommandAnswer"/>.</summary>
/// <param name="Revision">Which revision.</param>
/// <param name="Figures">What it comes to, or null when there is none.</param>
/// <param name="Text">It as a message.</param>
/// <param name="Refusal">Why there is none.</param>
internal sealed record RecordQuote(int Revision, QuoteFigures? Figures, string? Text, QuoteResult.Refused? Refusal) : ConversationCommand;

/// <summary>A job is about to send a message. Answers a <see cref="SendAnswer"/>.</summary>
internal sealed record BeginSend(long Number) : ConversationCommand;

/// <summary>The gateway took a message.</summary>
internal sealed record RecordSent(long Number, string Wamid) : ConversationCommand;

/// <summary>The gateway did not take a message; when that is final, the next one follows.</summary>
internal sealed record RecordSendFailure(long Number, string Reason, bool IsFinal) : ConversationCommand;

/// <summary>The job that works out a quote has given up. A person goes on.</summary>
internal sealed record GiveUpQuote(int Revision, string Reason) : ConversationCommand;

/// <summary>A person wants to answer. Answers a <see cref="CommandAnswer"/>, as all that follow.</summary>
internal sealed record TakeOver(string By) : ConversationCommand;

/// <summary>A person says something to the customer.</summary>
/// <param name="By">Who.</param>
/// <param name="Text">What.</param>
/// <param name="Id">Makes a repetition recognisable; null when it need not be.</param>
/// <param name="Template">A template instead, for when the 24-hour window is closed.</param>
internal sealed record Say(string By, string Text, string? Id = null, TemplateContent? Template = null) : ConversationCommand;

/// <summary>A person lets the system go on.</summary>
internal sealed record HandBack(string By) : ConversationCommand;

/// <summary>A person says how the order ended.</summary>
internal sealed record Conclude(string By, bool IsAccepted) : ConversationCommand;

/// <summary>A time has come: a reminder or the end.</summary>
internal sealed record WakeUp : ConversationCommand;

/// <summary>The answer to what comes from the network.</summary>
/// <param name="IsNew">False when it had come before or meant nothing new.</param>
/// <param name="Stage">The stage after it.</param>
internal sealed record Receipt(bool IsNew, ConversationStage Stage);

/// <summary>The answer to a command.</summary>
/// <param name="Stage">The stage after it.</param>
/// <param name="Refusal">Why it was refused; null when it took effect.</param>
/// <param name="Number">The number of the message it led to, if it did.</param>
internal sealed record CommandAnswer(ConversationStage Stage, string? Refusal = null, long? Number = null);

/// <summary>What a job that wants to send a message is told.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "answer")]
[JsonDerivedType(typeof(Go), "go")]
[JsonDerivedType(typeof(InDoubt), "in-doubt")]
[JsonDerivedType(typeof(TooSoon), "too-soon")]
[JsonDerivedType(typeof(NotNow), "not-now")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Never), "never")]
internal abstract record SendAnswer
{
    private SendAnswer()
    {
    }

    /// <summary>Send it.</summary>
    /// <param name="Content">What.</param>
    /// <param name="AsTemplate">The 24-hour window is closed: only the template may go.</param>
    public sealed record Go(OutboundContent Content, bool AsTemplate) : SendAnswer;

    /// <summary>An attempt before this one may have sent it: wait for what the network reports.</summary>
    public sealed record InDoubt(TimeSpan Wait) : SendAnswer;

    /// <summary>The customer has got as many messages as the network allows for now.</summary>
    public sealed record TooSoon(TimeSpan Wait) : SendAnswer;

    /// <summary>Another message goes first.</summary>
    public sealed record NotNow : SendAnswer;

    /// <summary>It was sent.</summary>
    public sealed record Done(string Wamid) : SendAnswer;

    /// <summary>It will not be sent.</summary>
    public sealed record Never(string Reason) : SendAnswer;
}
