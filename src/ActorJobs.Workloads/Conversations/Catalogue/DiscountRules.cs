namespace ActorJobs.Workloads.Conversations;

/// <summary>What may be taken off the goods, and how several discounts go together.</summary>
/// <param name="Stacking">The rule for several at once.</param>
/// <param name="AtMost">The most that all discounts together may take off the goods, in percent.</param>
/// <param name="Tiers">Discounts by value of the goods; the highest that is reached counts.</param>
/// <param name="Coupons">Discounts by a word the customer says.</param>
/// <param name="Customers">Discounts by the customer's number.</param>
internal sealed record DiscountRules(
    Stacking Stacking, decimal AtMost, IReadOnlyList<Tier> Tiers, IReadOnlyList<Coupon> Coupons, IReadOnlyList<CustomerDiscount> Customers)
{
    public Coupon? Coupon(string code) => Coupons.FirstOrDefault(coupon => coupon.Code.Equals(code, StringComparison.OrdinalIgnoreCase));
}

/// <summary>How several discounts go together.</summary>
internal enum Stacking
{
    /// <summary>Only the one that takes most.</summary>
    Best,

    /// <summary>Each is taken off the whole.</summary>
    Sum,

    /// <summary>One after the other (tier, customer, coupon), each off what the one before has left.</summary>
    Sequence,
}

/// <summary>From this value of goods on, this percentage.</summary>
internal sealed record Tier(decimal From, decimal Percent);

/// <summary>A customer's own percentage.</summary>
internal sealed record CustomerDiscount(string Customer, decimal Percent);

/// <summary>A word that takes a percentage or an amount off.</summary>
internal sealed record Coupon(string Code, decimal? Percent, decimal? Amount)
{
    /// <summary>The first day it holds; null: always held.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day it holds; null: for ever.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The least value of goods. Default: 0.</summary>
    public decimal Minimum { get; init; }

    public bool HoldsOn(DateOnly day) => !(day < From) && !(day > Until);
}

/// <summary>A tax on what is sold.</summary>
/// <param name="Name">As the quote says it.</param>
/// <param name="Percent">The rate.</param>
/// <param name="OnFreight">Whether delivery is taxed too.</param>
/// <param name="IsIncluded">Whether prices hold it already: then it is shown and not added.</param>
internal sealed record Tax(string Name, decimal Percent, bool OnFreight, bool IsIncluded);
