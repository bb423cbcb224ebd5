namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>A thing described with the schema.org vocabulary, whatever its syntax in the page.</summary>
internal sealed record SchemaItem(IReadOnlyList<string> Types, IReadOnlyDictionary<string, IReadOnlyList<SchemaValue>> Properties)
{
    public bool IsA(string type) => Types.Any(name => name.AsSpan(name.LastIndexOfAny(['/', ':', '#']) + 1).Equals(type, StringComparison.OrdinalIgnoreCase));

    public IReadOnlyList<SchemaValue> All(string property) => Properties.TryGetValue(property, out var values) ? values : [];

    /// <summary>The first value that is text, trimmed; null when there is none or it is blank.</summary>
    public string? Text(string property) => All(property).Select(value => value.Text?.Trim()).FirstOrDefault(text => !string.IsNullOrEmpty(text));

    /// <summary>The texts of a property; of nested things their name.</summary>
    public IEnumerable<string> Names(string property) =>
        All(property).Select(value => (value.Item?.Text("name") ?? value.Text)?.Trim()).Where(name => !string.IsNullOrEmpty(name))!;

    public IEnumerable<SchemaItem> Items(string property) => All(property).Select(value => value.Item).OfType<SchemaItem>();
}

/// <summary>A property's value: text or a nested thing. <paramref name="Html"/> is the markup when the syntax has it.</summary>
internal sealed record SchemaValue(string? Text, SchemaItem? Item, string? Html = null);
