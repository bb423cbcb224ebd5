using AngleSharp.Dom;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>
/// Finds what a page says as label and value: <c>dt/dd</c>, two-cell table rows, and lines such as <c>Location: Berlin</c>. Knows the labels of job
/// postings in English, German, French and Spanish.
/// </summary>
internal sealed class LabelledFields
{
    private const int MaxLine = 300;

    private static readonly Dictionary<string, string> Labels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["location"] = "location",
        ["locations"] = "location",
        ["office"] = "location",
        ["place of work"] = "location",
        ["city"] = "location",
        ["standort"] = "location",
        ["arbeitsort"] = "location",
        ["ort"] = "location",
        ["lieu"] = "location",
        ["ubicación"] = "location",
        ["company"] = "company",
        ["employer"] = "company",
        ["organisation"] = "company",
        ["organization"] = "company",
        ["unternehmen"] = "company",
        ["salary"] = "salary",
        ["pay"] = "salary",
        ["compensation"] = "salary",
        ["salary range"] = "salary",
        ["gehalt"] = "salary",
        ["salaire"] = "salary",
        ["salario"] = "salary",
        ["pay range"] = "salary",
        ["type"] = "type",
        ["employment type"] = "type",
        ["job type"] = "type",
        ["contract"] = "type",
        ["contract type"] = "type",
        ["hours"] = "type",
        ["anstellungsart"] = "type",
        ["vertragsart"] = "type",
        ["beschäftigung"] = "type",
        ["posted"] = "posted",
        ["date posted"] = "posted",
        ["posted on"] = "posted",
        ["published"] = "posted",
        ["veröffentlicht"] = "posted",
        ["closing date"] = "valid",
        ["apply by"] = "valid",
        ["deadline"] = "valid",
        ["application deadline"] = "valid",
        ["valid through"] = "valid",
        ["bewerbungsfrist"] = "valid",
        ["closes"] = "valid",
        ["remote"] = "remote",
        ["workplace"] = "remote",
        ["work model"] = "remote",
        ["homeoffice"] = "remote",
    };

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>How many different fields were found: how much this looks like a posting.</summary>
    public int Count => values.Count;

    public string? this[string field] => values.GetValueOrDefault(field);

    public static LabelledFields In(IElement scope)
    {
        var fields = new LabelledFields();
        foreach (var element in scope.QuerySelectorAll("dt, th, td, li, p, div, span").Take(5_000))
        {
            if (element.LocalName is "dt" or "th" or "td")
                fields.AddPair(CollapsedText.Of(element), CollapsedText.Of(element.NextElementSibling));
            else if (element.QuerySelector("p, li, div, ul, dl, table") is null)
                fields.AddLine(CollapsedText.Of(element));
        }

        return fields;
    }

    private void AddLine(string? line)
    {
        var colon = line is { Length: <= MaxLine } ? line.IndexOf(':', StringComparison.Ordinal) : -1;
        if (colon > 0)
            AddPair(line![..colon], line[(colon + 1)..].Trim());
    }

    private void AddPair(string? label, string? value)
    {
        if (label is { Length: < 40 } && !string.IsNullOrEmpty(value) && value.Length <= MaxLine && Labels.TryGetValue(label.Trim().TrimEnd(':').Trim(), out var field))
            values.TryAdd(field, value);
    }
}
