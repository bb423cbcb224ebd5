using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ActorJobs;

/// <summary>Where well-formed JSON does not fit the type it was to be read as, for whoever wrote the JSON: the names of our types say nothing to them.</summary>
/// <param name="Path">The way to the value: names of members and numbers of items; empty for the whole.</param>
/// <param name="Code"><c>wrong-type</c>, <c>missing-field</c>, <c>unknown-field</c>, or <c>invalid-value</c> where a converter of the application's refused.</param>
/// <param name="Detail">What was found and what is allowed.</param>
public sealed record JsonMismatch(IReadOnlyList<string> Path, string Code, string Detail)
{
    private const int MaxDepth = 1024; // more than any reader of ours takes, so that too deep a value is named as well

    private const string OfSerializer = "The JSON value could not be converted to "; // how the serialiser begins when a converter gives no words of its own

    /// <summary>Says what a failed reading was about.</summary>
    /// <param name="exception">What the serialiser threw.</param>
    /// <param name="utf8">The JSON, which is well-formed.</param>
    /// <param name="type">What it was read as.</param>
    public static JsonMismatch Of(JsonException exception, ReadOnlyMemory<byte> utf8, JsonTypeInfo type)
    {
        var path = JsonPath.Parse(exception.Path ?? "$");
        using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });
        var (value, at) = (document.RootElement, (JsonTypeInfo?)type);
        foreach (var (depth, step) in path.Index())
        {
            if (Unknown(at, value, path[..depth]) is { } above)
                return above;
            if (!TryStep(value, step, out var inner))
                break;
            (value, at) = (inner, Below(at, step));
        }

        if (Unknown(at, value, path) is { } unknown)
            return unknown;
        var missing = at is { Kind: JsonTypeInfoKind.Object } && value.ValueKind == JsonValueKind.Object ? Missing(at, value) : [];
        if (missing.Count > 0)
            return new(path, "missing-field", $"Required and not there: {string.Join(", ", missing.Select(name => $"'{name}'"))}.");
        return value.ValueKind != JsonValueKind.Null && !exception.Message.StartsWith(OfSerializer, StringComparison.Ordinal)
            ? new(path, "invalid-value", WithoutPosition(exception.Message))
            : new(path, "wrong-type", $"Expected {JsonWords.Expected(at?.Type)}, found {JsonWords.Found(value)}.");
    }

    // the serialiser's path ends at the object
    private static JsonMismatch? Unknown(JsonTypeInfo? type, JsonElement value, string[] path) =>
        type is { Kind: JsonTypeInfoKind.Object, UnmappedMemberHandling: JsonUnmappedMemberHandling.Disallow } && value.ValueKind == JsonValueKind.Object
        && value.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => PropertyOf(type, name) is null) is { } first
            ? new([.. path, first], "unknown-field", $"There is no such field. Allowed: {string.Join(", ", type.Properties.Select(property => property.Name))}.")
            : null;

    private static List<string> Missing(JsonTypeInfo type, JsonElement value) =>
        [.. type.Properties.Where(property => property.IsRequired && !value.EnumerateObject().Any(member => IsName(type, property.Name, member.Name))).Select(property => property.Name)];

    private static bool TryStep(JsonElement value, string step, out JsonElement inner)
    {
        inner = default;
        if (value.ValueKind == JsonValueKind.Object)
            return value.TryGetProperty(step, out inner);
        if (value.ValueKind != JsonValueKind.Array || !int.TryParse(step, out var index) || index >= value.GetArrayLength())
            return false;
        inner = value[index];
        return true;
    }

    private static JsonTypeInfo? Below(JsonTypeInfo? type, string step)
    {
        var next = type?.Kind == JsonTypeInfoKind.Object ? PropertyOf(type, step)?.PropertyType : type?.ElementType;
        return next is null || !type!.Options.TryGetTypeInfo(next, out var info) ? null : info;
    }

    private static JsonPropertyInfo? PropertyOf(JsonTypeInfo type, string name) => type.Properties.FirstOrDefault(property => IsName(type, property.Name, name));

    private static bool IsName(JsonTypeInfo type, string one, string other) =>
        string.Equals(one, other, type.Options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    // "... Path: $.a | LineNumber: 0 | BytePositionInLine: 7." follows the words of a converter
    private static string WithoutPosition(string message) =>
        message.LastIndexOf(" Path: $", StringComparison.Ordinal) is > 0 and var end ? message[..end] : message;
}
