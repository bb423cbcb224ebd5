using System.Text.Json.Serialization;

namespace ActorJobs.Workloads.Conversations;

/// <summary>What a conversation knows. Bounded: the whole of what was said is in the history.</summary>
public sealed record ConversationState
{
    /// <summary>Nothing has been said.</summary>
    public static ConversationState New { get; } = new();

    /// <summary>Where the conversation is.</summary>
    public ConversationStage Stage { get; init; }

    /// <summary>The customer's language, once it showed.</summary>
    public Language? Language { get; init; }

    /// <summary>The customer's name.</summary>
    public string? Name { get; init; }

    /// <summary>The goods of the order.</summary>
    public IReadOnlyList<CartLine> Cart { get; init; } = [];

    /// <summary>Goods about which something has to be asked, the first of them now.</summary>
    public IReadOnlyList<Wish> Open { get; init; } = [];

    /// <summary>The digits of the postal code.</summary>
    public string? PostalCode { get; init; }

    /// <summary>The address as the customer wrote it.</summary>
    public string? Address { get; init; }

    /// <summary>The word of a coupon the customer named.</summary>
    public string? Coupon { get; init; }

    /// <summary>The quote of this order; null before the first.</summary>
    public QuoteInHand? Quote { get; init; }

    /// <summary>When the customer sent their latest message, by Meta's clock: the 24-hour window counts from here.</summary>
    public DateTimeOffset LastInboundAt { get; init; }

    /// <summary>When the latest message came in here: reminders count from here.</summary>
    public DateTimeOffset HeardAt { get; init; }

    /// <summary>When the stage was entered.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>When something last happened.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>Whether the customer was reminded since they last said something.</summary>
    public bool Reminded { get; init; }

    /// <summary>How often in a row the customer was not understood.</summary>
    public int Misses { get; init; }

    /// <summary>Whether the customer wants no messages.</summary>
    public bool OptedOut { get; init; }

    /// <summary>The person who answers, when one does.</summary>
    public string? Operator { get; init; }

    /// <summary>The ids of the last days' messages, to recognise one that comes again.</summary>
    [JsonPropertyName("seenIds")] // "seen" was a list of the last 256
    public SeenIds Seen { get; init => field = value ?? SeenIds.None; } = SeenIds.None;

    /// <summary>Messages to the customer that are not sent, in order.</summary>
    public IReadOnlyList<PendingMessage> Outbox { get; init; } = [];

    /// <summary>Messages that could not be sent, the last few: their jobs are dead letters and may be retried.</summary>
    public IReadOnlyList<PendingMessage> Failed { get; init; } = [];

    /// <summary>The last messages that were sent, for what the network reports about them.</summary>
    public IReadOnlyList<SentMessage> Sent { get; init; } = [];

    /// <summary>The number of the next message to the customer.</summary>
    public long NextNumber { get; init; } = 1;

    /// <summary>When as many messages may follow each other to the customer as ever.</summary>
    public DateTimeOffset PaceRestoredAt { get; init; }

    /// <summary>Whether a job must be under way for it.</summary>
    [JsonIgnore]
    public bool HasWork => Outbox.Count > 0 || Stage == ConversationStage.Quoting;
}

/// <summary>Goods of an order.</summary>
public sealed record CartLine(string Sku, LocalText Name, LocalText One, LocalText Many, decimal Quantity)
{
    /// <summary>The name of its unit in the catalogue; null for an order that began before this was kept.</summary>
    public string? Unit { get; init; }

    /// <summary>Quantities are multiples of this; 0 for an order that began before this was kept.</summary>
    public decimal Step { get; init; }

    /// <summary>So many of an item.</summary>
    public static CartLine Of(ItemOption item, decimal quantity) => new(item.Sku, item.Name, item.One, item.Many, quantity) { Unit = item.Unit, Step = item.Step };

    /// <summary>As people say it: <c>10 sacks Cement</c>.</summary>
    public string InWords(Language language) => $"{MoneyText.Number(Quantity, language)} {(Quantity == 1 ? One : Many).In(language)} {Name.In(language)}";
}

/// <summary>The quote a customer waits for or has.</summary>
/// <param name="Id">The random part of its address.</param>
/// <param name="Number">What people call it.</param>
/// <param name="Revision">Counts from 1.</param>
/// <param name="AskedAt">When this revision was asked for.</param>
/// <param name="Figures">What it comes to; null while it is being worked out.</param>
public sealed record QuoteInHand(string Id, string Number, int Revision, DateTimeOffset AskedAt, QuoteFigures? Figures);

/// <summary>What a quote comes to.</summary>
public sealed record QuoteFigures(decimal Total, string Currency, int Decimals, DateTimeOffset ValidUntil);

/// <summary>A message on its way out.</summary>
/// <param name="Number">Counts the conversation's messages; part of its job's id.</param>
/// <param name="Content">What it says.</param>
/// <param name="StartedAt">Set while the gateway has it and has not answered; left set by a process that died meanwhile.</param>
public sealed record PendingMessage(long Number, OutboundContent Content, DateTimeOffset? StartedAt = null);

/// <summary>A message the gateway took.</summary>
public sealed record SentMessage(long Number, string Wamid, DeliveryStatus Status);
