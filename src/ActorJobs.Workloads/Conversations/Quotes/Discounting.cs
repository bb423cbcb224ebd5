namespace ActorJobs.Workloads.Conversations;

/// <summary>What is taken off the goods, by the catalogue's rules. Pure.</summary>
internal static class Discounting
{
    public static (IReadOnlyList<Deduction> Deductions, CouponRefusal? Refusal) Of(decimal goods, QuoteOrder order, Catalogue catalogue)
    {
        var rules = catalogue.Discounts;
        var (coupon, refusal) = CouponFor(goods, order, rules);
        var offers = new List<Offer>();
        if (rules.Tiers.LastOrDefault(tier => goods >= tier.From) is { Percent: > 0 } tier)
            offers.Add(new(DeductionKind.Tier, "", tier.Percent, null));
        if (rules.Customers.FirstOrDefault(customer => customer.Customer == order.Customer) is { Percent: > 0 } own)
            offers.Add(new(DeductionKind.Customer, "", own.Percent, null));
        if (coupon is not null)
            offers.Add(new(DeductionKind.Coupon, coupon.Code, coupon.Percent, coupon.Amount));

        var deductions = Capped(Stack(goods, offers, catalogue), catalogue.Round(goods * rules.AtMost / 100));
        if (coupon is not null && deductions.All(deduction => deduction.Kind != DeductionKind.Coupon))
            refusal = CouponRefusal.NotBest;
        return (deductions, refusal);
    }

    private static (Coupon? Coupon, CouponRefusal? Refusal) CouponFor(decimal goods, QuoteOrder order, DiscountRules rules)
    {
        if (order.Coupon is null)
            return (null, null);
        if (rules.Coupon(order.Coupon) is not { } coupon)
            return (null, CouponRefusal.Unknown);
        if (!coupon.HoldsOn(DateOnly.FromDateTime(order.At.UtcDateTime)))
            return (null, CouponRefusal.NotNow);
        return goods < coupon.Minimum ? (null, CouponRefusal.BelowMinimum) : (coupon, null);
    }

    private static List<Deduction> Stack(decimal goods, List<Offer> offers, Catalogue catalogue)
    {
        switch (catalogue.Discounts.Stacking)
        {
            case Stacking.Best:
                // the first of equals, so that the order of the kinds decides
                return offers.Count == 0 ? [] : [offers.Select(offer => offer.On(goods, catalogue)).MaxBy(deduction => deduction.Amount)!];
            case Stacking.Sum:
                return [.. offers.Select(offer => offer.On(goods, catalogue))];
            default:
                var left = goods;
                var deductions = new List<Deduction>();
                foreach (var offer in offers)
                {
                    deductions.Add(offer.On(left, catalogue));
                    left -= deductions[^1].Amount;
                }

                return deductions;
        }
    }

    /// <summary>Cuts what goes beyond the most that may be taken off, from the last deduction on.</summary>
    private static List<Deduction> Capped(List<Deduction> deductions, decimal most)
    {
        var capped = new List<Deduction>();
        foreach (var deduction in deductions)
        {
            var allowed = Math.Min(deduction.Amount, most);
            most -= allowed;
            if (allowed > 0)
                capped.Add(allowed == deduction.Amount ? deduction : deduction with { Percent = null, Amount = allowed });
        }

        return capped;
    }

    private sealed record Offer(DeductionKind Kind, string Name, decimal? Percent, decimal? Amount)
    {
        public Deduction On(decimal amount, Catalogue catalogue) =>
            new(Kind, Name, Percent, Percent is { } percent ? catalogue.Round(amount * percent / 100) : catalogue.Round(Math.Min(Amount!.Value, amount)));
    }
}
