using System.Collections.Frozen;
using AngleSharp.Dom;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>
/// Finds what a page says in elements whose name tells the field: <c>class="posting-location"</c>, <c>data-ui="job-type"</c>. Careers pages without markup for
/// machines have such names for their style sheets and scripts. Weaker than a label people read, so asked only where there is none.
/// </summary>
internal sealed class NamedFields
{
    private const int MaxElements = 5_000;
    private const int MaxValue = 200;
    private const int MaxValues = 3;

    // attributes that name an element, for style sheets, scripts and tests of the page
    private static readonly string[] Attributes = ["class", "id", "data-ui", "data-qa", "data-test", "data-testid", "data-automation-id"];

    // words of a name, in this order; a name such as "job-location-type" is about the last one that fits
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["location"] = "location",
        ["locations"] = "location",
        ["city"] = "location",
        ["standort"] = "location",
        ["company"] = "company",
        ["employer"] = "company",
        ["salary"] = "salary",
        ["compensation"] = "salary",
        ["salaryrange"] = "salary",
        ["payrange"] = "salary",
        ["commitment"] = "type",
        ["employmenttype"] = "type",
        ["type"] = "type",
        ["jobtype"] = "type",
        ["contracttype"] = "type",
        ["schedule"] = "type",
        ["posteddate"] = "posted",
        ["dateposted"] = "posted",
        ["postedon"] = "posted",
        ["published"] = "posted",
        ["publishdate"] = "posted",
        ["deadline"] = "valid",
        ["closingdate"] = "valid",
        ["workplace"] = "remote",
        ["workplacetype"] = "remote",
        ["workplacetypes"] = "remote",
        ["remotetype"] = "remote",
        ["remote"] = "remote",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> all = new(StringComparer.Ordinal);

    public int Count => values.Count;

    public string? this[string field] => values.GetValueOrDefault(field);

    public static NamedFields In(IElement scope)
    {
        var fields = new NamedFields();
        foreach (var element in scope.QuerySelectorAll("[class], [id], [data-ui], [data-qa], [data-test], [data-testid], [data-automation-id]").Take(MaxElements))
        {
            // a frame around several things is named for what they are about, and says none of it
            if (element.QuerySelector("p, ul, h1, h2, h3, h4, form, table, input, select") is null && FieldOf(element) is { } field
                && ValueOf(element) is { Length: > 0 and <= MaxValue } value && (field != "type" || EmploymentTypeText.Parse(value).Count > 0))
                fields.Add(field, value);
        }

        return fields;
    }

    // a page that says many different things under one name lists many postings
    private void Add(string field, string value)
    {
        if (!all.TryGetValue(field, out var said))
        {
            all[field] = said = [];
            values[field] = value;
        }

        if (said.Add(value) && said.Count > MaxValues)
            values.Remove(field);
    }

    private static string? FieldOf(IElement element) =>
        Attributes.Select(element.GetAttribute).OfType<string>().SelectMany(names => names.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(FieldOf).FirstOrDefault(field => field is not null);

    // "posting-location", "jobLocation", "job__employment-type"
    private static string? FieldOf(string name)
    {
        var parts = Parts(name);
        for (var from = 0; from < parts.Count; from++)
        {
            if (Words.TryGetValue(string.Concat(parts.Skip(from)), out var field))
                return field;
        }

        return null;
    }

    private static List<string> Parts(string name)
    {
        var parts = new List<string>();
        var start = 0;
        for (var at = 1; at <= name.Length; at++)
        {
            var isEnd = at == name.Length || !char.IsLetterOrDigit(name[at]) || (char.IsUpper(name[at]) && char.IsLower(name[at - 1]));
            if (!isEnd)
                continue;
            if (at > start)
                parts.Add(name[start..at]);
            start = at < name.Length && !char.IsLetterOrDigit(name[at]) ? at + 1 : at;
        }

        return parts;
    }

    // what comes before a colon is the label, which the name has told already
    private static string? ValueOf(IElement element)
    {
        var time = element.LocalName == "time" ? element : element.QuerySelector("time[datetime]");
        if (time?.GetAttribute("datetime") is { Length: > 0 } instant)
            return instant;
        var text = CollapsedText.Of(element);
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return (colon is > 0 and < 30 ? text![(colon + 1)..] : text)?.Trim(' ', '·', '|', '/', '–', '-', ',');
    }
}
