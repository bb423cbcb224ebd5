using System.Text.Json;

namespace ActorJobs.Cli;

/// <summary>An answer of the API as grids: a list as one, an object as its fields and a grid for each list of objects in it.</summary>
internal static class AnswerView
{
    private static readonly string[] FieldHeaders = ["field", "value"];

    public static IEnumerable<Grid> GridsOf(JsonElement answer, IReadOnlyList<string> columns)
    {
        if (ItemsOf(answer) is { } items)
            return [Grid.Of(items, columns)];
        return answer.ValueKind == JsonValueKind.Object ? OfObject(answer, columns) : [Grid.Of([answer], [])];
    }

    /// <summary>The items of an answer that is a list, or null.</summary>
    public static IReadOnlyList<JsonElement>? ItemsOf(JsonElement answer) => answer switch
    {
        { ValueKind: JsonValueKind.Array } => [.. answer.EnumerateArray()],
        { ValueKind: JsonValueKind.Object } when answer.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array => [.. items.EnumerateArray()],
        _ => null,
    };

    private static List<Grid> OfObject(JsonElement answer, IReadOnlyList<string> columns)
    {
        var fields = new List<IReadOnlyList<string>>();
        var lists = new List<Grid>();
        foreach (var field in answer.EnumerateObject().Where(field => columns.Count == 0 || columns.Contains(field.Name)))
            Add(field.Name, field.Value);
        return fields.Count > 0 ? [new Grid(FieldHeaders, fields), .. lists] : lists;

        void Add(string name, JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object))
                lists.Add(Grid.Of([.. value.EnumerateArray()], [], name));
            else if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any() && value.EnumerateObject().All(inner => CellText.IsScalar(inner.Value)))
                foreach (var inner in value.EnumerateObject().Where(inner => inner.Value.ValueKind != JsonValueKind.Null))
                    Add($"{name}.{inner.Name}", inner.Value);
            else if (value.ValueKind == JsonValueKind.String && value.GetString()!.Contains('\n', StringComparison.Ordinal))
                lists.Add(new Grid([""], [.. value.GetString()!.Split('\n').Select(line => (IReadOnlyList<string>)[SafeText.Line(line)])], name));
            else if (value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any())
                return;
            else if (value.ValueKind != JsonValueKind.Null && !(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0))
                fields.Add([name, CellText.Of(value)]);
        }
    }
}
