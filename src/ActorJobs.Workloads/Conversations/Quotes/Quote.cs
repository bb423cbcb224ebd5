namespace ActorJobs.Workloads.Conversations;

/// <summary>What a quote is asked for. All that the figures depend on, besides the catalogue.</summary>
/// <param name="Lines">The goods.</param>
/// <param name="PostalCode">The digits of where to.</param>
/// <param name="Customer">The customer's number.</param>
/// <param name="Coupon">A word that may take something off, or null.</param>
/// <param name="At">When it is asked for.</param>
internal sealed record QuoteOrder(IReadOnlyList<OrderLine> Lines, string PostalCode, string Customer, string? Coupon, DateTimeOffset At);

/// <summary>So much of an item, in the item's own unit.</summary>
internal sealed record OrderLine(string Sku, decimal Quantity);

/// <summary>The figures of a quote. <see cref="Total"/> is exactly the sum of what is shown, for every figure is rounded by itself.</summary>
public sealed record Quote
{
    /// <summary>The currency of all amounts (ISO 4217).</summary>
    public required string Currency { get; init; }

    /// <summary>Digits after the point.</summary>
    public required int Decimals { get; init; }

    /// <summary>The goods.</summary>
    public required IReadOnlyList<QuoteLine> Lines { get; init; }

    /// <summary>The sum of the lines.</summary>
    public required decimal Goods { get; init; }

    /// <summary>What is taken off the goods.</summary>
    public IReadOnlyList<Deduction> Deductions { get; init; } = [];

    /// <summary>Delivery.</summary>
    public required Freight Freight { get; init; }

    /// <summary>The taxes.</summary>
    public IReadOnlyList<TaxCharge> Taxes { get; init; } = [];

    /// <summary>Goods less deductions, plus freight, plus the taxes that prices do not hold.</summary>
    public required decimal Total { get; init; }

    /// <summary>Until when it holds.</summary>
    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>Why the coupon that was named took nothing off; null when it did or none was named.</summary>
    public CouponRefusal? CouponRefusal { get; init; }
}

/// <summary>A line of a quote.</summary>
public sealed record QuoteLine(string Sku, LocalText Name, decimal Quantity, LocalText Unit, decimal UnitPrice, decimal Amount);

/// <summary>Something taken off the goods.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Name">The coupon's code; empty for the other kinds.</param>
/// <param name="Percent">The percentage, or null when it is an amount or was cut to the highest allowed.</param>
/// <param name="Amount">How much, positive.</param>
public sealed record Deduction(DeductionKind Kind, string Name, decimal? Percent, decimal Amount);

/// <summary>Why something is taken off.</summary>
public enum DeductionKind
{
    /// <summary>The value of the goods.</summary>
    Tier,

    /// <summary>The customer's own.</summary>
    Customer,

    /// <summary>A coupon.</summary>
    Coupon,
}

/// <summary>Delivery.</summary>
public sealed record Freight(string Zone, decimal Weight, decimal Amount);

/// <summary>A tax. When it is included the amount is shown and not added.</summary>
public sealed record TaxCharge(string Name, decimal Percent, decimal Amount, bool IsIncluded);

/// <summary>Why a coupon takes nothing off.</summary>
public enum CouponRefusal
{
    /// <summary>There is none of that name.</summary>
    Unknown,

    /// <summary>Its days are over or have not come.</summary>
    NotNow,

    /// <summary>The goods are worth too little.</summary>
    BelowMinimum,

    /// <summary>Another discount takes more, and only the best counts.</summary>
    NotBest,
}
