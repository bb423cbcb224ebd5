using AngleSharp.Dom;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>
/// Reads the outermost things of a page's RDFa Lite (W3C Recommendation: <c>vocab</c>, <c>typeof</c>, <c>property</c>, <c>resource</c>, <c>prefix</c>). A name
/// counts by its last part: <c>schema:title</c>, <c>https://schema.org/title</c> and <c>title</c> are the same property here.
/// </summary>
internal static class RdfaReader
{
    private const int MaxItems = 500;
    private const int MaxDepth = 8;

    public static IReadOnlyList<SchemaItem> Read(IDocument page)
    {
        var budget = new MarkupBudget();
        return [.. page.QuerySelectorAll("[typeof]:not([property])").Take(MaxItems).Select(subject => ReadItem(subject, budget, 0))];
    }

    private static SchemaItem ReadItem(IElement subject, MarkupBudget budget, int depth)
    {
        var properties = new Dictionary<string, List<SchemaValue>>(StringComparer.OrdinalIgnoreCase);
        foreach (var element in depth < MaxDepth ? PropertiesOf(subject) : [])
        {
            var value = element.HasAttribute("typeof")
                ? new SchemaValue(null, ReadItem(element, budget, depth + 1))
                : budget.Read(element, TextOf);
            foreach (var name in Words(element.GetAttribute("property")).Select(LastPart))
            {
                if (!properties.TryGetValue(name, out var values))
                    properties[name] = values = [];
                values.Add(value);
            }
        }

        return new SchemaItem(
            Words(subject.GetAttribute("typeof")), properties.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<SchemaValue>)pair.Value, StringComparer.OrdinalIgnoreCase));
    }

    // depth first without recursion, not entering nested things: their properties are their own
    private static IEnumerable<IElement> PropertiesOf(IElement subject)
    {
        var open = new Stack<IElement>(subject.Children.Reverse());
        while (open.TryPop(out var element))
        {
            if (element.HasAttribute("property"))
                yield return element;
            if (element.HasAttribute("typeof"))
                continue;
            foreach (var child in element.Children.Reverse())
                open.Push(child);
        }
    }

    // RDFa Core 1.1, 7.5: content, then a resource, then the text; HTML+RDFa, 3.1 adds datetime
    private static string TextOf(IElement element) =>
        element.GetAttribute("content") ?? element.GetAttribute("datetime") ?? element.GetAttribute("resource") ?? element.GetAttribute("href")
        ?? element.GetAttribute("src") ?? element.TextContent;

    private static string LastPart(string name) => name[(name.LastIndexOfAny(['/', ':', '#']) + 1)..];

    private static string[] Words(string? text) => text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
}
