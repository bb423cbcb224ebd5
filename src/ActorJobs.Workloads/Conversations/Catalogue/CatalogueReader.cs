using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ActorJobs.Workloads.Conversations;

/// <summary>Reads a catalogue from YAML and checks that it makes sense. Pure; every problem has its line.</summary>
internal static partial class CatalogueReader
{
    public const int MaxItems = 5_000;

    private const decimal Most = 1_000_000_000;

    public static CatalogueReading Read(string yaml)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException exception)
        {
            return new(null, [new(exception.Start.Line, "", exception.Message)]);
        }

        if (stream.Documents.Count != 1)
            return new(null, [new(1, "", "expected one document.")]);
        var problems = new List<CatalogueProblem>();
        var catalogue = Read(new YamlSection(stream.Documents[0].RootNode, "", problems));
        return problems.Count == 0 ? new(catalogue, []) : new(null, [.. problems.OrderBy(problem => problem.Line)]);
    }

    private static Catalogue Read(YamlSection root)
    {
        var postal = ReadPattern(root);
        var units = ReadUnits(root);
        var catalogue = new Catalogue
        {
            Business = root.Text("business"),
            Language = root.Choice("language", Language.En),
            Currency = ReadCurrency(root),
            Decimals = (int)(root.OptionalNumber("decimals", 0, 4) ?? 2),
            Validity = TimeSpan.FromDays((double)root.Number("validity-days", 1, 365)),
            MinimumOrder = root.OptionalNumber("minimum-order", 0, Most) ?? 0,
            PostalCode = postal,
            Units = units,
            Items = ReadItems(root, units),
            Zones = ReadZones(root, postal),
            Discounts = ReadDiscounts(root),
            Taxes = ReadTaxes(root),
        };
        root.Close();
        return catalogue;
    }

    private static string ReadCurrency(YamlSection root)
    {
        var currency = root.Text("currency");
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper))
            root.Problem("expected three capital letters (ISO 4217), for instance BRL.", "currency");
        return currency;
    }

    private static PostalPattern ReadPattern(YamlSection root)
    {
        var pattern = new PostalPattern(root.Text("postal-code"));
        if (pattern.IsValid)
            return pattern;
        root.Problem("expected 4 to 12 times # for a digit, with spaces, dots or hyphens between: \"#####-###\".", "postal-code");
        return new PostalPattern("#####");
    }

    private static Dictionary<Language, IReadOnlyList<string>> ReadWords(YamlSection section, bool isRequired)
    {
        var words = new Dictionary<Language, IReadOnlyList<string>>();
        foreach (var language in Enum.GetValues<Language>())
        {
            var key = KeyOf(language);
            words[language] = section.Texts(key);
            if (isRequired && words[language].Count == 0)
                section.Problem($"needs words in '{key}'.");
        }

        section.Close();
        return words;
    }

    private static LocalText ReadLocal(YamlSection parent, string key)
    {
        if (parent.Section(key) is not { } section)
        {
            parent.Problem($"{key} is missing: a text in en, pt and es.");
            return LocalText.Of("");
        }

        var text = new LocalText(section.Text("en"), section.Text("pt"), section.Text("es"));
        section.Close();
        return text;
    }

    private static List<Tax> ReadTaxes(YamlSection root)
    {
        var taxes = new List<Tax>();
        foreach (var section in root.Sections("taxes"))
        {
            taxes.Add(new(section.Text("name"), section.Number("percent", 0, 100), section.Flag("on-freight"), section.Flag("included")));
            section.Close();
        }

        return taxes;
    }

    private static string KeyOf(Language language) => language.ToString().ToLowerInvariant();

    /// <summary>Notes it when a list does not grow from one entry to the next.</summary>
    private static void MustGrow<T>(YamlSection section, string key, IReadOnlyList<T> list, Func<T, decimal> by)
    {
        for (var i = 1; i < list.Count; i++)
        {
            if (by(list[i]) <= by(list[i - 1]))
                section.Problem(string.Create(CultureInfo.InvariantCulture, $"entries must grow: {by(list[i])} comes after {by(list[i - 1])}."), key);
        }
    }
}
