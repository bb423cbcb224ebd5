using System.Collections.ObjectModel;
using System.Text.Json;
using AngleSharp.Dom;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>
/// Reads the things in a page's JSON-LD blocks: single ones, arrays, <c>@graph</c>, and nested ones; a reference by <c>@id</c> is replaced by the thing
/// it names within the page. Forgives what real pages contain: comments around the block, trailing commas, and what <see cref="JsonRepair"/> mends.
/// </summary>
internal static class JsonLdReader
{
    private const int MaxBlocks = 50;
    private const int MaxDepth = 16;
    private const int MaxItems = 20_000;

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    public static IReadOnlyList<SchemaItem> Read(IDocument page, ICollection<FieldIssue> issues)
    {
        var documents = new List<JsonDocument>();
        try
        {
            foreach (var script in page.QuerySelectorAll("script[type='application/ld+json' i]").Take(MaxBlocks))
            {
                if (TryParse(script.TextContent, out var document))
                    documents.Add(document);
                else
                    issues.Add(new FieldIssue("jsonLd", "a block is no JSON"));
            }

            var named = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            var graph = new Graph(named);
            var roots = documents.SelectMany(document => Roots(document.RootElement, 0)).ToList();
            foreach (var root in roots)
                Collect(root, named, 0);
            IReadOnlyList<SchemaItem> items = [.. roots.Select(root => ToItem(root, graph, 0))];
            if (graph.IsCutOff)
                issues.Add(new FieldIssue("jsonLd", "more nested things than are read"));
            return items;
        }
        finally
        {
            documents.ForEach(document => document.Dispose());
        }
    }

    private static IEnumerable<JsonElement> Roots(JsonElement element, int depth)
    {
        if (depth > MaxDepth)
            return [];
        return element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray().SelectMany(member => Roots(member, depth + 1)),
            JsonValueKind.Object when element.TryGetProperty("@graph", out var members) => Roots(members, depth + 1),
            // the wrappers that list pages use
            JsonValueKind.Object when element.TryGetProperty("itemListElement", out var list) => Roots(list, depth + 1).Append(element),
            JsonValueKind.Object when element.TryGetProperty("mainEntity", out var main) => Roots(main, depth + 1).Append(element),
            JsonValueKind.Object when element.TryGetProperty("item", out var item) => Roots(item, depth + 1),
            JsonValueKind.Object => [element],
            _ => [],
        };
    }

    private static void Collect(JsonElement element, Dictionary<string, JsonElement> named, int depth)
    {
        if (depth > MaxDepth)
            return;
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var member in element.EnumerateArray())
                Collect(member, named, depth + 1);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            // a bare {"@id": ...} is a reference, not the thing
            if (element.TryGetProperty("@id", out var id) && id.ValueKind == JsonValueKind.String && element.EnumerateObject().Skip(1).Any())
                named.TryAdd(id.GetString()!, element);
            foreach (var property in element.EnumerateObject())
                Collect(property.Value, named, depth + 1);
        }
    }

    private static SchemaItem ToItem(JsonElement element, Graph graph, int depth)
    {
        if (!graph.Takes())
            return new SchemaItem([], ReadOnlyDictionary<string, IReadOnlyList<SchemaValue>>.Empty);
        var types = element.TryGetProperty("@type", out var type) ? Values(type, graph, depth).Select(value => value.Text).OfType<string>() : [];
        var properties = new Dictionary<string, IReadOnlyList<SchemaValue>>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in element.EnumerateObject().Where(property => !property.Name.StartsWith('@')))
            properties[property.Name] = [.. Values(property.Value, graph, depth + 1)];
        return new SchemaItem([.. types], properties);
    }

    private static IEnumerable<SchemaValue> Values(JsonElement element, Graph graph, int depth)
    {
        if (depth > MaxDepth)
            return [];
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                return element.EnumerateArray().SelectMany(member => Values(member, graph, depth + 1));
            case JsonValueKind.Object when element.TryGetProperty("@value", out var value):
                return Values(value, graph, depth + 1);
            case JsonValueKind.Object:
                var isReference = element.TryGetProperty("@id", out var id) && id.ValueKind == JsonValueKind.String && !element.EnumerateObject().Skip(1).Any();
                var meant = graph.Meant(element, isReference ? id.GetString() : null);
                return [new SchemaValue(null, ToItem(meant, graph, depth + 1))];
            case JsonValueKind.String:
                return [new SchemaValue(element.GetString(), null)];
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return [new SchemaValue(element.GetRawText(), null)];
            default:
                return [];
        }
    }

    /// <summary>
    /// The things that references may name, and how many are still written out: a thing that refers to a thousand others, which refer to a thousand
    /// others, is short to write and has no end.
    /// </summary>
    private sealed class Graph(Dictionary<string, JsonElement> named)
    {
        private int left = MaxItems;

        public bool IsCutOff => left < 0;

        public bool Takes() => --left >= 0;

        public JsonElement Meant(JsonElement element, string? id) => id is not null && named.TryGetValue(id, out var target) ? target : element;
    }

    private static bool TryParse(string text, out JsonDocument document)
    {
        var json = LoneSurrogates.Replace(Unwrap(text));
        return TryParseStrictly(json, out document) || TryParseStrictly(JsonRepair.Repair(json), out document);
    }

    private static bool TryParseStrictly(string json, out JsonDocument document)
    {
        try
        {
            document = JsonDocument.Parse(json, Lenient);
            return true;
        }
        catch (JsonException)
        {
            document = null!;
            return false;
        }
    }

    private static string Unwrap(string text)
    {
        var json = text.Trim().TrimStart('\uFEFF');
        foreach (var (open, close) in new[] { ("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>") })
        {
            if (json.Length >= open.Length + close.Length && json.StartsWith(open, StringComparison.Ordinal) && json.EndsWith(close, StringComparison.Ordinal))
                json = json[open.Length..^close.Length].Trim();
        }

        return json.TrimEnd(';');
    }
}
