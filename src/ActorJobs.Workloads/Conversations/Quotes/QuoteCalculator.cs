namespace ActorJobs.Workloads.Conversations;

/// <summary>
/// Works out a quote. Pure and decimal. Rounding: each line, each deduction, the freight and each tax is rounded once, by
/// <see cref="Catalogue.Round"/>; the total adds up rounded figures and is not rounded again.
/// </summary>
internal static class QuoteCalculator
{
    // far above any order, far below where products of decimals would overflow
    private const decimal MaxQuantity = 1_000_000;

    public static QuoteResult Calculate(QuoteOrder order, Catalogue catalogue)
    {
        var wanted = Merge(order.Lines);
        if (wanted.Count == 0)
            return new QuoteResult.Refused(QuoteRefusal.Empty, "");
        var lines = new List<QuoteLine>();
        var weight = 0m;
        foreach (var (sku, quantity) in wanted)
        {
            if (catalogue.Item(sku) is not { } item)
                return new QuoteResult.Refused(QuoteRefusal.UnknownItem, sku);
            if (quantity is <= 0 or > MaxQuantity || quantity % item.Step != 0)
                return new QuoteResult.Refused(QuoteRefusal.BadQuantity, sku, quantity > MaxQuantity ? MaxQuantity : item.Step);
            lines.Add(LineOf(item, quantity, catalogue));
            weight += item.Weight * quantity;
        }

        var goods = lines.Sum(line => line.Amount);
        if (goods < catalogue.MinimumOrder)
            return new QuoteResult.Refused(QuoteRefusal.BelowMinimum, catalogue.Currency, catalogue.MinimumOrder);
        var (deductions, refusal) = Discounting.Of(goods, order, catalogue);
        var net = goods - deductions.Sum(deduction => deduction.Amount);
        return FreightOf(order.PostalCode, weight, net, catalogue) switch
        {
            (_, { } refused) => refused,
            var (freight, _) => Total(order, catalogue, lines, goods, deductions, refusal, net, freight!),
        };
    }

    private static QuoteResult.Made Total(
        QuoteOrder order, Catalogue catalogue, List<QuoteLine> lines, decimal goods, IReadOnlyList<Deduction> deductions, CouponRefusal? refusal, decimal net, Freight freight)
    {
        var taxes = catalogue.Taxes.Select(tax => TaxOn(net + (tax.OnFreight ? freight.Amount : 0), tax, catalogue)).ToArray();
        return new QuoteResult.Made(new Quote
        {
            Currency = catalogue.Currency,
            Decimals = catalogue.Decimals,
            Lines = lines,
            Goods = goods,
            Deductions = deductions,
            Freight = freight,
            Taxes = taxes,
            Total = net + freight.Amount + taxes.Where(tax => !tax.IsIncluded).Sum(tax => tax.Amount),
            ValidUntil = order.At + catalogue.Validity,
            CouponRefusal = refusal,
        });
    }

    /// <summary>An item asked for twice is one line: the price break counts for the whole quantity.</summary>
    private static List<(string Sku, decimal Quantity)> Merge(IReadOnlyList<OrderLine> lines) =>
        [.. lines.GroupBy(line => line.Sku, StringComparer.Ordinal).Select(group => (group.Key, group.Sum(line => line.Quantity)))];

    private static QuoteLine LineOf(CatalogueItem item, decimal quantity, Catalogue catalogue)
    {
        var unit = catalogue.Unit(item.Unit);
        var price = item.PriceAt(quantity);
        var words = new LocalText(unit.For(quantity, Language.En), unit.For(quantity, Language.Pt), unit.For(quantity, Language.Es));
        return new(item.Sku, item.Name, quantity, words, price, catalogue.Round(price * quantity));
    }

    private static (Freight? Freight, QuoteResult.Refused? Refused) FreightOf(string postalCode, decimal weight, decimal net, Catalogue catalogue)
    {
        if (catalogue.Zones.FirstOrDefault(zone => zone.Serves(PostalPattern.NumberOf(postalCode))) is not { } zone)
            return (null, new(QuoteRefusal.NotDelivered, catalogue.PostalCode.Write(postalCode)));
        if (zone.PriceFor(weight) is not { } price)
            return (null, new(QuoteRefusal.TooHeavy, zone.Name, zone.Weights[^1].UpTo));
        return (new Freight(zone.Name, weight, net >= zone.FreeFrom ? 0 : catalogue.Round(price)), null);
    }

    // a tax that prices hold is a part of them: 18 % on top of 100 is 18 of 118
    private static TaxCharge TaxOn(decimal amount, Tax tax, Catalogue catalogue) => new(
        tax.Name, tax.Percent, catalogue.Round(tax.IsIncluded ? amount * tax.Percent / (100 + tax.Percent) : amount * tax.Percent / 100), tax.IsIncluded);
}
