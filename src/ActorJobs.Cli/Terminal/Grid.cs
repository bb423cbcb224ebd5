using System.Text.Json;

namespace ActorJobs.Cli;

/// <summary>Text in rows and columns.</summary>
/// <param name="Headers">The names of the columns.</param>
/// <param name="Rows">The rows, each as long as <paramref name="Headers"/>.</param>
/// <param name="Title">What it shows; null for nothing in particular.</param>
internal sealed record Grid(IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows, string? Title = null)
{
    /// <summary>A row per object. Without given columns: all fields of any of the objects that hold a single value or a list of such.</summary>
    public static Grid Of(IReadOnlyList<JsonElement> items, IReadOnlyList<string> columns, string? title = null)
    {
        if (items.Count > 0 && items.All(CellText.IsScalar))
            return new Grid(["value"], [.. items.Select(item => (IReadOnlyList<string>)[CellText.Of(item)])], title);
        var shown = columns.Count > 0 ? columns : FieldsOf(items);
        return new Grid(
            [.. shown.Select(Header)],
            [.. items.Select(item => (IReadOnlyList<string>)[.. shown.Select(column => At(item, column) is { } value ? CellText.Of(value) : "")])],
            title);
    }

    /// <summary>The same without columns that hold nothing in any row.</summary>
    public Grid WithoutEmptyColumns()
    {
        int[] kept = [.. Enumerable.Range(0, Headers.Count).Where(column => Rows.Any(row => row[column].Length > 0))];
        return this with { Headers = [.. kept.Select(column => Headers[column])], Rows = [.. Rows.Select(row => (IReadOnlyList<string>)[.. kept.Select(column => row[column])])] };
    }

    /// <summary>The value at a path with dots; a field whose own name has dots wins.</summary>
    public static JsonElement? At(JsonElement item, string path)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return null;
        if (item.TryGetProperty(path, out var found))
            return found;
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && item.TryGetProperty(path[..dot], out var inner) ? At(inner, path[(dot + 1)..]) : null;
    }

    private static string Header(string column) => column[(column.LastIndexOf('.') + 1)..];

    private static string[] FieldsOf(IReadOnlyList<JsonElement> items) =>
    [
        .. items.Where(item => item.ValueKind == JsonValueKind.Object).SelectMany(item => item.EnumerateObject())
            .Where(field => CellText.IsScalar(field.Value) || (field.Value.ValueKind == JsonValueKind.Array && field.Value.EnumerateArray().All(CellText.IsScalar)))
            .Select(field => field.Name).Distinct(),
    ];
}
