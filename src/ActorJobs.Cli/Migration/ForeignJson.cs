using System.Text.Json;

namespace ActorJobs.Cli;

/// <summary>Payloads that are JSON, read with what is to be said of one that is not as expected.</summary>
internal static class ForeignJson
{
    /// <summary>A whole payload; throws <see cref="NotCarriedException"/> when it is no JSON.</summary>
    public static JsonElement Parse(ReadOnlySpan<byte> utf8, string what)
    {
        try
        {
            return JsonElement.Parse(utf8);
        }
        catch (JsonException)
        {
            // Python and Ruby also write NaN and Infinity, which are none
            throw new NotCarriedException($"{what} is no JSON");
        }
    }

    /// <summary>A text field that must be there.</summary>
    public static string Text(JsonElement element, string name) => TextOrNull(element, name) ?? throw new NotCarriedException($"it has no '{name}'");

    /// <summary>A text field; null when it is not there, null, or no text.</summary>
    public static string? TextOrNull(JsonElement element, string name) => Field(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A number; null when it is not there, null, or no number.</summary>
    public static double? NumberOrNull(JsonElement element, string name) =>
        Field(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) ? number : null;

    /// <summary>A field; undefined when it is not there, or the element is no object.</summary>
    public static JsonElement Field(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>Whether a field says something: it is there, and neither null, false, nor empty.</summary>
    public static bool Says(JsonElement element, string name) => Field(element, name) switch
    {
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.Array } list => list.GetArrayLength() > 0,
        { ValueKind: JsonValueKind.String } text => text.GetString()!.Length > 0,
        { ValueKind: JsonValueKind.Object } fields => fields.EnumerateObject().Any(),
        _ => true,
    };

    /// <summary>An array that must be there.</summary>
    public static JsonElement Array(JsonElement element, string what) =>
        element.ValueKind == JsonValueKind.Array ? element : throw new NotCarriedException($"its {what} are no list");
}
