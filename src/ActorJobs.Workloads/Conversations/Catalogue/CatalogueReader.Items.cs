using System.Globalization;

namespace ActorJobs.Workloads.Conversations;

/// <summary>What is sold: units, items, price breaks.</summary>
internal static partial class CatalogueReader
{
    private static List<UnitOfSale> ReadUnits(YamlSection root)
    {
        var units = new List<UnitOfSale>();
        if (root.Section("units") is not { } section)
        {
            root.Problem("units is missing.");
            return units;
        }

        foreach (var name in section.Keys)
            units.Add(new(name, ReadWords(section.Section(name)!, isRequired: true)));
        section.Close();
        return units;
    }

    private static List<CatalogueItem> ReadItems(YamlSection root, List<UnitOfSale> units)
    {
        var sections = root.Sections("items");
        if (sections.Count is 0 or > MaxItems)
            root.Problem(string.Create(CultureInfo.InvariantCulture, $"needs 1 to {MaxItems} items."), sections.Count == 0 ? null : "items");
        var items = new List<CatalogueItem>();
        foreach (var section in sections.Take(MaxItems))
        {
            var item = ReadItem(section, units);
            if (items.Any(other => other.Sku == item.Sku))
                section.Problem($"the sku '{item.Sku}' is there twice.", "sku");
            items.Add(item);
        }

        return items;
    }

    private static CatalogueItem ReadItem(YamlSection section, List<UnitOfSale> units)
    {
        var sku = section.Text("sku");
        if (sku.Length > 40 || !sku.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
            section.Problem("at most 40 letters, digits, hyphens, dots and underscores.", "sku");
        var unit = section.Text("unit");
        MustBeUnit(section, "unit", unit, units);
        var words = section.Section("words") is { } said
            ? ReadWords(said, isRequired: false)
            : Enum.GetValues<Language>().ToDictionary(language => language, _ => (IReadOnlyList<string>)[]);
        var item = new CatalogueItem(sku, ReadLocal(section, "name"), words, unit, section.Number("weight", 0, 100_000), ReadPrices(section))
        {
            Step = section.OptionalNumber("step", 0.001m, 10_000) ?? 1,
            Packs = ReadPacks(section, units),
        };
        section.Close();
        return item;
    }

    private static List<PriceBreak> ReadPrices(YamlSection item)
    {
        var prices = new List<PriceBreak>();
        foreach (var section in item.Sections("prices"))
        {
            prices.Add(new(section.Number("from", 0, Most), section.Number("price", 0, Most)));
            section.Close();
        }

        if (prices.Count == 0)
            item.Problem("prices is missing: a list of {from, price}.");
        MustGrow(item, "prices", prices, price => price.From);
        // a bigger quantity at a higher price is a slip of the hand, and customers would split their orders
        for (var i = 1; i < prices.Count; i++)
        {
            if (prices[i].Price > prices[i - 1].Price)
                item.Problem("the price of a unit must not rise with the quantity.", "prices");
        }

        return prices;
    }

    private static Dictionary<string, decimal> ReadPacks(YamlSection item, List<UnitOfSale> units)
    {
        var packs = new Dictionary<string, decimal>(StringComparer.Ordinal);
        if (item.Section("packs") is not { } section)
            return packs;
        foreach (var name in section.Keys)
        {
            MustBeUnit(section, name, name, units);
            packs[name] = section.Number(name, 0.001m, 100_000);
        }

        section.Close();
        return packs;
    }

    private static void MustBeUnit(YamlSection section, string key, string unit, List<UnitOfSale> units)
    {
        if (unit.Length > 0 && units.All(known => known.Name != unit))
            section.Problem($"there is no unit '{unit}'. Known: {string.Join(", ", units.Select(known => known.Name))}.", key);
    }
}
