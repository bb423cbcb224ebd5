namespace ActorJobs.Workloads.Conversations;

/// <summary>What a deployer decided about conversations.</summary>
internal sealed record ConversationPolicy
{
    /// <summary>How long a customer may be silent before they are reminded.</summary>
    public TimeSpan RemindAfter { get; init; } = TimeSpan.FromHours(3);

    /// <summary>How long a customer may be silent before an order without a quote expires.</summary>
    public TimeSpan ExpireAfter { get; init; } = TimeSpan.FromDays(2);

    /// <summary>How long after an attempt of unknown outcome the network may still report that it succeeded.</summary>
    public TimeSpan DoubtFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How fast messages may go to the customer.</summary>
    public PairPace Pair { get; init; } = new(TimeSpan.FromSeconds(6), 45);

    /// <summary>How long a conversation is kept after its last message.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(180);

    /// <summary>The template for reminders outside of the 24-hour window; null: none are sent then.</summary>
    public string? ReminderTemplate { get; init; }

    /// <summary>After a customer's message, free text may be sent for so long (WhatsApp's customer service window).</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromHours(24);

    /// <summary>Whether free text may be sent.</summary>
    public static bool IsWindowOpen(ConversationState state, DateTimeOffset now) => now < state.LastInboundAt + Window;

    /// <summary>When the customer is to be reminded; null: not any more.</summary>
    public DateTimeOffset? RemindAt(ConversationState state) =>
        state is { Reminded: false, OptedOut: false } && state.Stage.WaitsForCustomer() ? ActiveAt(state) + RemindAfter : null;

    /// <summary>When the order expires; null: it does not.</summary>
    public DateTimeOffset? ExpireAt(ConversationState state) => !state.Stage.WaitsForCustomer() ? null
        : state.Stage.HasQuote() && state.Quote?.Figures is { } figures ? figures.ValidUntil
        : ActiveAt(state) + ExpireAfter;

    // a conversation that a person hands back does not expire at once
    private static DateTimeOffset ActiveAt(ConversationState state) => state.Since > state.HeardAt ? state.Since : state.HeardAt;
}
