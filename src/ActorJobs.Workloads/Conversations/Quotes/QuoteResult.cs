using System.Text.Json.Serialization;

namespace ActorJobs.Workloads.Conversations;

/// <summary>What became of an order for a quote.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "result")]
[JsonDerivedType(typeof(Made), "made")]
[JsonDerivedType(typeof(Refused), "refused")]
internal abstract record QuoteResult
{
    private QuoteResult()
    {
    }

    /// <summary>There is a quote.</summary>
    public sealed record Made(Quote Quote) : QuoteResult;

    /// <summary>There is none.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Subject">The item, zone or postal code it is about.</param>
    /// <param name="Bound">The quantity, amount or weight that must be kept to, if there is one.</param>
    public sealed record Refused(QuoteRefusal Reason, string Subject, decimal? Bound = null) : QuoteResult;
}

/// <summary>Why there is no quote.</summary>
internal enum QuoteRefusal
{
    /// <summary>Nothing is ordered.</summary>
    Empty,

    /// <summary>The item is not sold (any more).</summary>
    UnknownItem,

    /// <summary>The quantity is not positive, too large, or no multiple of the item's step.</summary>
    BadQuantity,

    /// <summary>The goods are worth less than the least order.</summary>
    BelowMinimum,

    /// <summary>No zone has the postal code.</summary>
    NotDelivered,

    /// <summary>The load is heavier than what the zone takes.</summary>
    TooHeavy,
}
