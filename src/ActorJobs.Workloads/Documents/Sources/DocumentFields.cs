using System.Text.Json;

namespace ActorJobs.Workloads.Documents;

/// <summary>A document as JSON gives it: <c>{"id": "...", "title": "...", "text": "..."}</c>; other members are passed over.</summary>
/// <param name="Id">Its id; null when it was not said. A number is taken as its digits.</param>
/// <param name="Title">Its title; null when it was not said.</param>
/// <param name="Text">What it says.</param>
internal sealed record DocumentFields(string? Id, string? Title, string Text)
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaxId = 512;

    private const int MaxTitle = 1000;

    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 64 };

    /// <summary>The document, or what is wrong with it.</summary>
    public static (DocumentFields? Fields, string? Problem) Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            // a byte order mark is allowed at the beginning of a file
            using var document = JsonDocument.Parse(json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json, Shallow);
            return Of(document.RootElement);
        }
        catch (JsonException exception)
        {
            return (null, $"This is no JSON: {exception.Message}");
        }
        catch (InvalidOperationException exception)
        {
            // a string that is no valid UTF-8 or UTF-16
            return (null, $"This is no text: {exception.Message}");
        }
    }

    private static (DocumentFields?, string?) Of(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return (null, "A document is a JSON object.");
        if (!root.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String)
            return (null, "A document has a member 'text', which is a string.");
        var id = root.TryGetProperty("id", out var named) ? named : default;
        var title = root.TryGetProperty("title", out var called) ? called : default;
        if (id.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.String or JsonValueKind.Number))
            return (null, "'id' is a string or a number.");
        if (title.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.String))
            return (null, "'title' is a string.");
        var fields = new DocumentFields(
            id.ValueKind == JsonValueKind.Number ? id.GetRawText() : StringOf(id), StringOf(title), text.GetString()!);
        return fields.Id?.Length > MaxId || fields.Title?.Length > MaxTitle || fields.Id?.Any(char.IsControl) == true
            ? (null, $"'id' has at most {MaxId} characters and no control characters, 'title' at most {MaxTitle}.")
            : (fields, null);
    }

    private static string? StringOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } text ? text : null;
}
