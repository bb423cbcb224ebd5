namespace ActorJobs.Workloads.Conversations;

/// <summary>Where is delivered, and for how much.</summary>
/// <param name="Name">For people.</param>
/// <param name="Ranges">The postal codes of the zone, as ranges of their digits.</param>
/// <param name="Weights">Prices by weight, ascending.</param>
internal sealed record FreightZone(string Name, IReadOnlyList<PostalRange> Ranges, IReadOnlyList<WeightPrice> Weights)
{
    /// <summary>What each kilogram above the last weight costs; null when heavier loads are not delivered.</summary>
    public decimal? PerKilogramAbove { get; init; }

    /// <summary>From this value of goods (after discounts) on, delivery is free; null: never.</summary>
    public decimal? FreeFrom { get; init; }

    public bool Serves(long postalCode) => Ranges.Any(range => postalCode >= range.From && postalCode <= range.To);

    /// <summary>What a load costs, unrounded, or null when it is too heavy for the zone.</summary>
    public decimal? PriceFor(decimal weight)
    {
        if (Weights.FirstOrDefault(step => weight <= step.UpTo) is { } fitting)
            return fitting.Price;
        return PerKilogramAbove is { } above ? Weights[^1].Price + ((weight - Weights[^1].UpTo) * above) : null;
    }
}

/// <summary>Postal codes from one to another, both included, as numbers.</summary>
internal readonly record struct PostalRange(long From, long To);

/// <summary>Up to this weight in kilograms, a load costs this.</summary>
internal sealed record WeightPrice(decimal UpTo, decimal Price);
