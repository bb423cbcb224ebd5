namespace ActorJobs.Workloads.Conversations;

/// <summary>Everything a quote is made of, as <c>config/catalogue.yaml</c> states it. Read by <see cref="CatalogueReader"/>; never changes.</summary>
internal sealed record Catalogue
{
    /// <summary>Who sells.</summary>
    public required string Business { get; init; }

    /// <summary>The language for customers whose own is not known yet.</summary>
    public required Language Language { get; init; }

    /// <summary>The currency's code (ISO 4217); all amounts are in it.</summary>
    public required string Currency { get; init; }

    /// <summary>Digits after the point that amounts are rounded to.</summary>
    public required int Decimals { get; init; }

    /// <summary>How long a quote holds.</summary>
    public required TimeSpan Validity { get; init; }

    /// <summary>The least value of goods, before discounts.</summary>
    public required decimal MinimumOrder { get; init; }

    public required PostalPattern PostalCode { get; init; }

    public required IReadOnlyList<UnitOfSale> Units { get; init; }

    public required IReadOnlyList<CatalogueItem> Items { get; init; }

    public required IReadOnlyList<FreightZone> Zones { get; init; }

    public required DiscountRules Discounts { get; init; }

    public required IReadOnlyList<Tax> Taxes { get; init; }

    public CatalogueItem? Item(string sku) => Items.FirstOrDefault(item => item.Sku == sku);

    public UnitOfSale Unit(string name) => Units.First(unit => unit.Name == name);

    /// <summary>An amount as it is charged: halves go away from zero, as people round.</summary>
    public decimal Round(decimal amount) => Math.Round(amount, Decimals, MidpointRounding.AwayFromZero);
}

/// <summary>A thing that is sold.</summary>
/// <param name="Sku">Its stable key.</param>
/// <param name="Name">What it is called in a quote.</param>
/// <param name="Words">What customers call it, by language; the name's words are added by the reader.</param>
/// <param name="Unit">The name of its unit.</param>
/// <param name="Weight">Kilograms of one unit.</param>
/// <param name="Prices">The price of one unit by quantity, from the smallest quantity on.</param>
internal sealed record CatalogueItem(
    string Sku, LocalText Name, IReadOnlyDictionary<Language, IReadOnlyList<string>> Words, string Unit, decimal Weight, IReadOnlyList<PriceBreak> Prices)
{
    /// <summary>Quantities are multiples of this. Default: 1.</summary>
    public decimal Step { get; init; } = 1;

    /// <summary>Other units it comes in, as a number of its own unit: a pallet of 40 sacks.</summary>
    public IReadOnlyDictionary<string, decimal> Packs { get; init; } = new Dictionary<string, decimal>();

    /// <summary>The price of one unit when <paramref name="quantity"/> of them are bought.</summary>
    public decimal PriceAt(decimal quantity) => Prices.Last(price => price.From <= quantity || price == Prices[0]).Price;
}

/// <summary>From this quantity on, a unit has this price.</summary>
internal sealed record PriceBreak(decimal From, decimal Price);

/// <summary>What things are counted in.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Words">What it is called by language: one, several, then other words customers use.</param>
internal sealed record UnitOfSale(string Name, IReadOnlyDictionary<Language, IReadOnlyList<string>> Words)
{
    /// <summary>The unit's word for a quantity.</summary>
    public string For(decimal quantity, Language language) => Words[language] is [var one, var several, ..] && quantity != 1 ? several : Words[language][0];
}
