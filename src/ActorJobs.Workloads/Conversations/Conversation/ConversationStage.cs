using System.Collections.Frozen;

namespace ActorJobs.Workloads.Conversations;

/// <summary>Where a conversation is. The diagram in <c>docs/conversations.md</c> has the same words.</summary>
public enum ConversationStage
{
    /// <summary>Nothing has been said.</summary>
    New,

    /// <summary>The customer says which goods.</summary>
    CollectingItems,

    /// <summary>The goods are known; the postal code is not.</summary>
    CollectingAddress,

    /// <summary>The customer is asked whether goods and address are right.</summary>
    Confirming,

    /// <summary>The quote is being worked out by a job.</summary>
    Quoting,

    /// <summary>The customer has the quote.</summary>
    Quoted,

    /// <summary>The customer wants it otherwise.</summary>
    Negotiating,

    /// <summary>The customer took the quote.</summary>
    Accepted,

    /// <summary>The customer did not take it, or wants no messages.</summary>
    Declined,

    /// <summary>The customer fell silent, or the quote is too old.</summary>
    Expired,

    /// <summary>A person answers.</summary>
    HandedOver,
}

/// <summary>Which stage may follow which: every edge of the diagram.</summary>
internal static class ConversationStages
{
    // what can happen wherever an order is under way
    private static readonly ConversationStage[] Anywhere =
        [ConversationStage.CollectingItems, ConversationStage.HandedOver, ConversationStage.Declined, ConversationStage.Expired];

    private static readonly FrozenDictionary<ConversationStage, FrozenSet<ConversationStage>> Next = new Dictionary<ConversationStage, ConversationStage[]>
    {
        [ConversationStage.New] = [ConversationStage.CollectingItems, ConversationStage.HandedOver, ConversationStage.Declined],
        [ConversationStage.CollectingItems] = [.. Anywhere, ConversationStage.CollectingAddress, ConversationStage.Confirming],
        [ConversationStage.CollectingAddress] = [.. Anywhere, ConversationStage.Confirming],
        [ConversationStage.Confirming] = [.. Anywhere, ConversationStage.CollectingAddress, ConversationStage.Quoting],
        [ConversationStage.Quoting] = [.. Anywhere, ConversationStage.CollectingAddress, ConversationStage.Confirming, ConversationStage.Quoted],
        [ConversationStage.Quoted] = [.. Anywhere, ConversationStage.CollectingAddress, ConversationStage.Negotiating, ConversationStage.Quoting, ConversationStage.Accepted],
        [ConversationStage.Negotiating] = [.. Anywhere, ConversationStage.CollectingAddress, ConversationStage.Quoting, ConversationStage.Accepted],
        [ConversationStage.Accepted] = [ConversationStage.CollectingItems, ConversationStage.HandedOver, ConversationStage.Declined],
        [ConversationStage.Declined] = [ConversationStage.CollectingItems, ConversationStage.HandedOver],
        [ConversationStage.Expired] = [ConversationStage.CollectingItems, ConversationStage.Quoting, ConversationStage.HandedOver, ConversationStage.Declined],
        [ConversationStage.HandedOver] = [ConversationStage.CollectingItems, ConversationStage.Accepted, ConversationStage.Declined],
    }.ToFrozenDictionary(edge => edge.Key, edge => edge.Value.Where(to => to != edge.Key).ToFrozenSet());

    public static bool Allows(ConversationStage from, ConversationStage to) => Next[from].Contains(to);

    /// <summary>Whether the order is over, one way or the other.</summary>
    public static bool IsOver(this ConversationStage stage) => stage is ConversationStage.Accepted or ConversationStage.Declined or ConversationStage.Expired;

    /// <summary>Whether the customer is expected to say something.</summary>
    public static bool WaitsForCustomer(this ConversationStage stage) => stage is ConversationStage.CollectingItems or ConversationStage.CollectingAddress
        or ConversationStage.Confirming or ConversationStage.Quoted or ConversationStage.Negotiating;

    /// <summary>Whether the customer has a quote in hand.</summary>
    public static bool HasQuote(this ConversationStage stage) => stage is ConversationStage.Quoted or ConversationStage.Negotiating;

    /// <summary>The stage in words: <c>collecting items</c>.</summary>
    public static string InWords(this ConversationStage stage) => stage switch
    {
        ConversationStage.CollectingItems => "collecting items",
        ConversationStage.CollectingAddress => "collecting delivery address",
        ConversationStage.HandedOver => "handed to a person",
        _ => stage.ToString().ToLowerInvariant(),
    };
}
