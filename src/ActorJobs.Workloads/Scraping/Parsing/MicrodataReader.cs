using AngleSharp.Dom;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>Reads the outermost things of a page's microdata (HTML standard, 5.2).</summary>
internal static class MicrodataReader
{
    private const int MaxItems = 500;
    private const int MaxDepth = 8;

    public static IReadOnlyList<SchemaItem> Read(IDocument page)
    {
        var budget = new MarkupBudget();
        return [.. page.QuerySelectorAll("[itemscope]:not([itemprop])").Take(MaxItems).Select(scope => ReadItem(scope, budget, 0))];
    }

    private static SchemaItem ReadItem(IElement scope, MarkupBudget budget, int depth)
    {
        var properties = new Dictionary<string, List<SchemaValue>>(StringComparer.OrdinalIgnoreCase);
        if (depth < MaxDepth)
        {
            foreach (var element in PropertiesOf(scope))
            {
                var value = element.HasAttribute("itemscope")
                    ? new SchemaValue(null, ReadItem(element, budget, depth + 1))
                    : budget.Read(element, TextOf);
                foreach (var name in Words(element.GetAttribute("itemprop")))
                {
                    if (!properties.TryGetValue(name, out var values))
                        properties[name] = values = [];
                    values.Add(value);
                }
            }
        }

        return new SchemaItem(
            Words(scope.GetAttribute("itemtype")),
            properties.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<SchemaValue>)pair.Value, StringComparer.OrdinalIgnoreCase));
    }

    // depth first without recursion, not entering nested things: their properties are their own
    private static IEnumerable<IElement> PropertiesOf(IElement scope)
    {
        var open = new Stack<IElement>(scope.Children.Reverse());
        while (open.TryPop(out var element))
        {
            if (element.HasAttribute("itemprop"))
                yield return element;
            if (element.HasAttribute("itemscope"))
                continue;
            foreach (var child in element.Children.Reverse())
                open.Push(child);
        }
    }

    // the values of the HTML standard, 5.2.4
    private static string TextOf(IElement element) => element.LocalName switch
    {
        "meta" => element.GetAttribute("content"),
        "a" or "area" or "link" => element.GetAttribute("href"),
        "img" or "audio" or "embed" or "iframe" or "source" or "track" or "video" => element.GetAttribute("src"),
        "object" => element.GetAttribute("data"),
        "data" or "meter" => element.GetAttribute("value"),
        "time" => element.GetAttribute("datetime") ?? element.TextContent,
        // outside of the standard, and widespread
        _ => element.GetAttribute("content") ?? element.TextContent,
    } ?? "";

    private static string[] Words(string? text) => text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
}
