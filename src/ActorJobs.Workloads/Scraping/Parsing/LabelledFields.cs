using AngleSharp.Dom;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>
/// Finds what a page says as label and value: <c>dt/dd</c>, two-cell table rows, lines such as <c>Location: Berlin</c>, and a label above or beside its value.
/// Knows the labels of job postings in English, German, French and Spanish.
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
        ["where"] = "location",
        ["job location"] = "location",
        ["work location"] = "location",
        ["standort"] = "location",
        ["arbeitsort"] = "location",
        ["ort"] = "location",
        ["lieu"] = "location",
        ["ubicación"] = "location",
        ["company"] = "company",
        ["employer"] = "company",
        ["organisation"] = "company",
        ["organization"] = "company",
        ["hiring organization"] = "company",
        ["hiring organisation"] = "company",
        ["unternehmen"] = "company",
        ["salary"] = "salary",
        ["pay"] = "salary",
        ["compensation"] = "salary",
        ["salary range"] = "salary",
        ["gehalt"] = "salary",
        ["entgelt"] = "salary",
        ["vergütung"] = "salary",
        ["salaire"] = "salary",
        ["salario"] = "salary",
        ["pay range"] = "salary",
        ["annual salary"] = "salary",
        ["type"] = "type",
        ["employment type"] = "type",
        ["job type"] = "type",
        ["contract"] = "type",
        ["contract type"] = "type",
        ["hours"] = "type",
        ["schedule"] = "type",
        ["commitment"] = "type",
        ["working hours"] = "type",
        ["anstellungsart"] = "type",
        ["vertragsart"] = "type",
        ["arbeitszeit"] = "type",
        ["beschäftigung"] = "type",
        ["posted"] = "posted",
        ["date posted"] = "posted",
        ["posted on"] = "posted",
        ["date of publication"] = "posted",
        ["start of publication"] = "posted",
        ["published"] = "posted",
        ["published on"] = "posted",
        ["veröffentlicht"] = "posted",
        ["veröffentlicht am"] = "posted",
        ["closing date"] = "valid",
        ["apply by"] = "valid",
        ["deadline"] = "valid",
        ["application deadline"] = "valid",
        ["valid through"] = "valid",
        ["bewerbungsfrist"] = "valid",
        ["bewerbungsschluss"] = "valid",
        ["closes"] = "valid",
        ["closing"] = "valid",
        ["applications close"] = "valid",
        ["remote"] = "remote",
        ["workplace"] = "remote",
        ["work model"] = "remote",
        ["location type"] = "remote",
        ["remote work"] = "remote",
        ["workplace type"] = "remote",
        ["remote status"] = "remote",
        ["homeoffice"] = "remote",
    };

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>How many different fields were found: how much this looks like a posting.</summary>
    public int Count => values.Count;

    public string? this[string field] => values.GetValueOrDefault(field);

    public static LabelledFields In(IElement scope)
    {
        var fields = new LabelledFields();
        foreach (var element in scope.QuerySelectorAll("dt, th, td, li, p, div, span, h2, h3, h4, h5, h6, strong, b, label").Take(5_000))
        {
            // the label may be shown to those alone who point at the value, or hear the page read
            fields.AddPair(element.GetAttribute("title") ?? element.GetAttribute("aria-label"), CollapsedText.Of(element));
            fields.Add(element);
        }

        return fields;
    }

    private void Add(IElement element)
    {
        switch (element.LocalName)
        {
            case "dt" or "th" or "td":
                AddPair(CollapsedText.Of(element), CollapsedText.Of(element.NextElementSibling));
                break;
            case "strong" or "b":
                AddRun(element);
                AddBeside(element);
                break;
            case "h2" or "h3" or "h4" or "h5" or "h6" or "label":
                AddBeside(element);
                break;
            case var _ when element.QuerySelector("p, li, div, ul, dl, table") is null:
                AddLine(element);
                AddBeside(element);
                break;
        }
    }

    // "Location: Berlin"; a line of several such pairs is read pair by pair
    private void AddLine(IElement element)
    {
        var line = CollapsedText.Of(element);
        var colon = line is { Length: <= MaxLine } ? line.IndexOf(':', StringComparison.Ordinal) : -1;
        if (colon > 0 && !(element.ChildElementCount > 1 && line!.IndexOf(':', colon + 1) > 0))
            AddPair(line![..colon], line[(colon + 1)..].Trim());
    }

    // "<b>Location:</b> Berlin<br>": up to the end of the line
    private void AddRun(IElement label)
    {
        var run = "";
        for (var next = label.NextSibling; next is not null && !(next is IElement { LocalName: "br" or "strong" or "b" or "p" or "ul" or "div" }); next = next.NextSibling)
            run += next.TextContent;
        var name = CollapsedText.Of(label);
        var value = CollapsedText.Of(run).Trim();
        if (name is not null && (name.EndsWith(':') || value.StartsWith(':')))
            AddPair(name, value.TrimStart(':').Trim());
    }

    // "<h2>Location</h2><p>Berlin</p>", "<span>Location</span><span>Berlin</span>": not of menus, which name pages, nor of forms
    private void AddBeside(IElement element)
    {
        if (element.NextElementSibling is { LocalName: "p" or "div" or "span" or "ul" or "time" or "strong" or "b" } beside
            && element.QuerySelector("a") is null && beside.QuerySelector("a, input, select, textarea") is null && element.Closest("nav, footer, form") is null)
            AddPair(CollapsedText.Of(element), beside.LocalName == "time" ? beside.GetAttribute("datetime") ?? CollapsedText.Of(beside) : CollapsedText.Of(beside));
    }

    private void AddPair(string? label, string? value)
    {
        if (label is { Length: < 40 } && !string.IsNullOrEmpty(value) && value.Length <= MaxLine && Labels.TryGetValue(label.Trim().TrimEnd(':').Trim(), out var field))
            values.TryAdd(field, value);
    }
}
