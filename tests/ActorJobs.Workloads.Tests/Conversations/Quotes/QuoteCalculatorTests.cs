using ActorJobs.Workloads.Conversations;

namespace ActorJobs.Workloads.Tests.Conversations.Quotes;

public sealed class QuoteCalculatorTests
{
    private const int Cases = 5_000;
    private const int Seed = 1_122;

    private static readonly DateTimeOffset At = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_quote_is_worked_out_by_hand()
    {
        // 20 x 36.50 = 730.00; 2.5 x 142.00 = 355.00; goods 1085.00, no tier; coupon 5 % = 54.25; 1000 + 3750 = 4750 kg in the city: 210.00;
        // fee 1.5 % of 1240.75 = 18.61125 -> 18.61; included 18 % of 1030.75 = 157.2330... -> 157.23
        var quote = Made(Order(null, "WELCOME5", ("CEM-50", 20), ("SND-M3", 2.5m)));

        Assert.Equal((1085.00m, 54.25m, 210.00m, 157.23m, 18.61m, 1259.36m), (
            quote.Goods, quote.Deductions.Single().Amount, quote.Freight.Amount, quote.Taxes[0].Amount, quote.Taxes[1].Amount, quote.Total));
        Assert.Equal(At.AddDays(7), quote.ValidUntil);
    }

    [Theory]
    [InlineData(1.005, 1.01)]
    [InlineData(1.004999, 1.00)]
    [InlineData(2.675, 2.68)]
    [InlineData(0.125, 0.13)]
    [InlineData(0.135, 0.14)]
    public void Halves_are_rounded_away_from_zero(double amount, double expected) => Assert.Equal((decimal)expected, Catalogues.Shipped.Round((decimal)amount));

    [Theory]
    [InlineData(19, 38.90)]
    [InlineData(20, 36.50)]
    [InlineData(99, 36.50)]
    [InlineData(100, 34.20)]
    public void The_price_break_of_the_whole_quantity_counts(double quantity, double price) =>
        Assert.Equal((decimal)price, Made(Order(null, null, ("CEM-50", (decimal)quantity))).Lines[0].UnitPrice);

    [Fact]
    public void An_item_named_twice_is_one_line_with_the_price_of_both()
    {
        var quote = Made(Order(null, null, ("CEM-50", 10), ("CEM-50", 10)));

        Assert.Equal([36.50m], quote.Lines.Select(line => line.UnitPrice));
    }

    [Fact]
    public void Discounts_in_sequence_are_each_off_what_is_left()
    {
        // goods 120 x 34.20 = 4104.00: tier 4 % = 164.16, customer 3 % of 3939.84 = 118.20, coupon 100
        var quote = Made(Order("5511999990001", "OBRA100", ("CEM-50", 120)));

        Assert.Equal(
            [(DeductionKind.Tier, 164.16m), (DeductionKind.Customer, 118.20m), (DeductionKind.Coupon, 100.00m)],
            quote.Deductions.Select(deduction => (deduction.Kind, deduction.Amount)));
    }

    [Fact]
    public void Discounts_side_by_side_are_each_off_the_whole()
    {
        var quote = Made(Order("5511999990001", "OBRA100", ("CEM-50", 120)), Stacking.Sum);

        Assert.Equal([164.16m, 123.12m, 100.00m], quote.Deductions.Select(deduction => deduction.Amount));
    }

    [Fact]
    public void Of_the_best_only_one_counts_and_the_coupon_says_so()
    {
        var quote = Made(Order("5511999990001", "OBRA100", ("CEM-50", 120)), Stacking.Best);

        Assert.Equal([(DeductionKind.Tier, 164.16m)], quote.Deductions.Select(deduction => (deduction.Kind, deduction.Amount)));
        Assert.Equal(CouponRefusal.NotBest, quote.CouponRefusal);
    }

    [Fact]
    public void No_more_is_taken_off_than_allowed()
    {
        var catalogue = Catalogues.Shipped with { Discounts = Catalogues.Shipped.Discounts with { AtMost = 5 } };
        var quote = Assert.IsType<QuoteResult.Made>(QuoteCalculator.Calculate(Order("5511999990001", "OBRA100", ("CEM-50", 120)), catalogue)).Quote;

        Assert.Equal(205.20m, quote.Deductions.Sum(deduction => deduction.Amount));
        Assert.Null(quote.Deductions[^1].Percent);
    }

    [Theory]
    [InlineData("NOSUCH", CouponRefusal.Unknown)]
    [InlineData("SUMMER24", CouponRefusal.NotNow)]
    [InlineData("OBRA100", CouponRefusal.BelowMinimum)]
    [InlineData("welcome5", null)]
    public void A_coupon_that_takes_nothing_off_says_why(string code, CouponRefusal? expected) =>
        Assert.Equal(expected, Made(Order(null, code, ("CEM-50", 20))).CouponRefusal);

    [Theory]
    [InlineData("CEM-50", 0, QuoteRefusal.BadQuantity)]
    [InlineData("CEM-50", -1, QuoteRefusal.BadQuantity)]
    [InlineData("CEM-50", 1.5, QuoteRefusal.BadQuantity)]
    [InlineData("SND-M3", 1.25, QuoteRefusal.BadQuantity)]
    [InlineData("CEM-50", 10_000_000, QuoteRefusal.BadQuantity)]
    [InlineData("CEM-50", 3, QuoteRefusal.BelowMinimum)]
    [InlineData("NOPE", 3, QuoteRefusal.UnknownItem)]
    internal void What_cannot_be_quoted_is_refused_with_its_reason(string sku, double quantity, QuoteRefusal expected)
    {
        var refused = Assert.IsType<QuoteResult.Refused>(QuoteCalculator.Calculate(Order(null, null, (sku, (decimal)quantity)), Catalogues.Shipped));

        Assert.Equal(expected, refused.Reason);
    }

    [Theory]
    [InlineData("20000000", QuoteRefusal.NotDelivered)]
    [InlineData("13000000", QuoteRefusal.TooHeavy)]
    internal void A_place_or_a_load_that_is_not_served_is_refused(string code, QuoteRefusal expected)
    {
        var order = Order(null, null, ("CEM-50", 120)) with { PostalCode = code };

        Assert.Equal(expected, Assert.IsType<QuoteResult.Refused>(QuoteCalculator.Calculate(order, Catalogues.Shipped)).Reason);
    }

    [Fact]
    public void The_laws_of_a_quote_hold_for_any_order()
    {
        var random = new Random(Seed);
        var made = 0;
        for (var run = 0; run < Cases; run++)
        {
            var catalogue = Catalogues.Shipped with { Discounts = Catalogues.Shipped.Discounts with { Stacking = (Stacking)random.Next(3), AtMost = random.Next(0, 101) } };
            var order = AnyOrder(random);
            if (QuoteCalculator.Calculate(order, catalogue) is not QuoteResult.Made(var quote))
                continue;
            made++;
            var off = quote.Deductions.Sum(deduction => deduction.Amount);
            Assert.Equal(quote.Goods, quote.Lines.Sum(line => line.Amount));
            Assert.Equal(quote.Total, quote.Goods - off + quote.Freight.Amount + quote.Taxes.Where(tax => !tax.IsIncluded).Sum(tax => tax.Amount));
            Assert.InRange(off, 0, catalogue.Round(quote.Goods * catalogue.Discounts.AtMost / 100));
            Assert.True(quote.Total > 0 || off == quote.Goods, $"run {run} (seed {Seed})");
            Assert.All([.. quote.Lines.Select(line => line.Amount), .. quote.Deductions.Select(deduction => deduction.Amount), quote.Freight.Amount, quote.Total], IsInCents);
            // neither the order of the lines nor splitting them matters
            var split = order.Lines.SelectMany(line => line.Quantity >= 2 ? [line with { Quantity = 1 }, line with { Quantity = line.Quantity - 1 }] : new[] { line });
            Assert.Equal(quote.Total, Assert.IsType<QuoteResult.Made>(QuoteCalculator.Calculate(order with { Lines = [.. split.Reverse()] }, catalogue)).Quote.Total);
        }

        Assert.InRange(made, Cases / 3, Cases);
    }

    [Fact]
    public void More_of_an_item_never_costs_more_each()
    {
        foreach (var item in Catalogues.Shipped.Items)
        {
            var prices = Enumerable.Range(1, 3_000).Select(quantity => item.PriceAt(quantity)).ToArray();
            Assert.Equal(prices.OrderDescending(), prices);
        }
    }

    [Fact]
    public void The_text_shows_every_figure_of_the_quote()
    {
        var quote = Made(Order("5511999990001", "OBRA100", ("CEM-50", 120)));

        var text = QuoteText.Of(quote, "Q1", Language.Pt);

        foreach (var amount in new[] { "4.104,00", "164,16", "118,20", "100,00" })
            Assert.Contains("BRL " + amount, text, StringComparison.Ordinal);
        Assert.Contains($"*Total: {MoneyText.Amount(quote.Total, "BRL", 2, Language.Pt)}*", text, StringComparison.Ordinal);
    }

    private static void IsInCents(decimal amount) => Assert.Equal(amount, decimal.Round(amount, 2));

    private static QuoteOrder AnyOrder(Random random)
    {
        var items = Catalogues.Shipped.Items;
        var lines = Enumerable.Range(0, random.Next(1, 8)).Select(_ => items[random.Next(items.Count)]).Select(item => new OrderLine(item.Sku, item.Step * random.Next(1, 400)));
        string[] codes = ["01310100", "06000000", "08000001", "12000000", "99000000"];
        string?[] coupons = [null, "WELCOME5", "OBRA100", "SUMMER24", "X"];
        return new([.. lines], codes[random.Next(codes.Length)], random.Next(2) == 0 ? "5511999990001" : "1", coupons[random.Next(coupons.Length)], At);
    }

    private static QuoteOrder Order(string? customer, string? coupon, params (string Sku, decimal Quantity)[] lines) =>
        new([.. lines.Select(line => new OrderLine(line.Sku, line.Quantity))], "01310100", customer ?? "1", coupon, At);

    private static Quote Made(QuoteOrder order, Stacking stacking = Stacking.Sequence)
    {
        var catalogue = Catalogues.Shipped with { Discounts = Catalogues.Shipped.Discounts with { Stacking = stacking } };
        return Assert.IsType<QuoteResult.Made>(QuoteCalculator.Calculate(order, catalogue)).Quote;
    }
}
