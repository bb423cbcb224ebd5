using System.Globalization;

namespace ActorJobs.Workloads.Conversations;

/// <summary>The kinds and queues of the workload's jobs.</summary>
internal static class ConversationKinds
{
    public const string Send = "conversations.send";

    public const string Quote = "conversations.quote";

    public const string Simulate = "conversations.simulate";

    public const string SendQueue = "conversations_send";

    public const string QuoteQueue = "conversations_quote";

    public const string SimulateQueue = "conversations_simulate";

    /// <summary>One job per message: submitting it again finds the job that is there.</summary>
    public static JobId SendId(string conversation, long number) => new(string.Create(CultureInfo.InvariantCulture, $"{conversation}.send.{number}"));

    /// <summary>One job per revision of a quote.</summary>
    public static JobId QuoteId(string quote, int revision) => new(string.Create(CultureInfo.InvariantCulture, $"quote.{quote}.{revision}"));
}

/// <summary>The arguments of a job that sends a message.</summary>
internal sealed record SendArgs(string Conversation, long Number);

/// <summary>The result of a job that sends a message.</summary>
internal sealed record SendDone(string Wamid);

/// <summary>The arguments of a job that works out a quote.</summary>
internal sealed record QuoteArgs(
    string Conversation, string Quote, string Number, int Revision, QuoteOrder Order, string Address, Language Language);

/// <summary>The result of a job that works out a quote.</summary>
internal sealed record QuoteDone(decimal? Total, string? Refusal);
