namespace ActorJobs.Workloads.Conversations;

/// <summary>What is charged besides: freight and discounts.</summary>
internal static partial class CatalogueReader
{
    private static List<FreightZone> ReadZones(YamlSection root, PostalPattern postal)
    {
        var zones = new List<FreightZone>();
        foreach (var section in root.Sections("freight"))
        {
            var zone = ReadZone(section, postal);
            // the first zone that serves a code would win silently
            foreach (var other in zones.Where(other => other.Ranges.Any(range => zone.Ranges.Any(mine => mine.From <= range.To && range.From <= mine.To))))
                section.Problem($"postal codes of the zone '{other.Name}' are here as well.", "postal-codes");
            zones.Add(zone);
        }

        if (zones.Count == 0)
            root.Problem("freight is missing: a list of zones.");
        return zones;
    }

    private static FreightZone ReadZone(YamlSection section, PostalPattern postal)
    {
        var ranges = section.Texts("postal-codes").Select(text => ReadRange(section, text, postal)).ToArray();
        if (ranges.Length == 0)
            section.Problem("postal-codes is missing: a list of ranges.");
        var weights = new List<WeightPrice>();
        foreach (var step in section.Sections("weights"))
        {
            weights.Add(new(step.Number("up-to", 0, Most), step.Number("price", 0, Most)));
            step.Close();
        }

        if (weights.Count == 0)
            section.Problem("weights is missing: a list of {up-to, price}.");
        MustGrow(section, "weights", weights, weight => weight.UpTo);
        var zone = new FreightZone(section.Text("zone"), ranges, weights)
        {
            PerKilogramAbove = section.OptionalNumber("per-kg-above", 0, Most),
            FreeFrom = section.OptionalNumber("free-from", 0, Most),
        };
        section.Close();
        return zone;
    }

    private static PostalRange ReadRange(YamlSection section, string text, PostalPattern postal)
    {
        var ends = text.Split("..", StringSplitOptions.TrimEntries);
        if (ends.Length is 1 or 2 && postal.Read(ends[0]) is { } from && postal.Read(ends[^1]) is { } to
            && PostalPattern.NumberOf(from) <= PostalPattern.NumberOf(to))
            return new(PostalPattern.NumberOf(from), PostalPattern.NumberOf(to));
        section.Problem($"'{text}' is not a range; write a code in the form {postal.Pattern}, or two with .. between, the lower first.", "postal-codes");
        return default;
    }

    private static DiscountRules ReadDiscounts(YamlSection root)
    {
        if (root.Section("discounts") is not { } section)
            return new(Stacking.Best, 100, [], [], []);
        var tiers = new List<Tier>();
        foreach (var tier in section.Sections("tiers"))
        {
            tiers.Add(new(tier.Number("from", 0, Most), tier.Number("percent", 0, 100)));
            tier.Close();
        }

        MustGrow(section, "tiers", tiers, tier => tier.From);
        var rules = new DiscountRules(
            section.Choice("stacking", Stacking.Best), section.OptionalNumber("at-most-percent", 0, 100) ?? 100, tiers, ReadCoupons(section), ReadCustomers(section));
        section.Close();
        return rules;
    }

    private static List<Coupon> ReadCoupons(YamlSection discounts)
    {
        var coupons = new List<Coupon>();
        foreach (var section in discounts.Sections("coupons"))
        {
            var coupon = new Coupon(section.Text("code"), section.OptionalNumber("percent", 0, 100), section.OptionalNumber("amount", 0, Most))
            {
                From = section.OptionalDay("from"),
                Until = section.OptionalDay("until"),
                Minimum = section.OptionalNumber("minimum", 0, Most) ?? 0,
            };
            if (coupon.Percent is null == coupon.Amount is null)
                section.Problem("needs either percent or amount.");
            if (coupon.Code.Length is < 3 or > 30 || !coupon.Code.All(char.IsAsciiLetterOrDigit))
                section.Problem("3 to 30 letters and digits.", "code");
            if (coupon.Until < coupon.From)
                section.Problem("the last day is before the first.", "until");
            if (coupons.Any(other => other.Code.Equals(coupon.Code, StringComparison.OrdinalIgnoreCase)))
                section.Problem($"the code '{coupon.Code}' is there twice.", "code");
            coupons.Add(coupon);
            section.Close();
        }

        return coupons;
    }

    private static List<CustomerDiscount> ReadCustomers(YamlSection discounts)
    {
        var customers = new List<CustomerDiscount>();
        foreach (var section in discounts.Sections("customers"))
        {
            var customer = new CustomerDiscount(section.Text("number"), section.Number("percent", 0, 100));
            if (!customer.Customer.All(char.IsAsciiDigit))
                section.Problem("digits only, with the country's code and no plus: 5511999990001.", "number");
            customers.Add(customer);
            section.Close();
        }

        return customers;
    }
}
