using System.Globalization;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>A JSON value as the text of a table's cell.</summary>
internal static class CellText
{
    private const int MaxJson = 120;

    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => SafeText.Line(OfText(value.GetString()!)),
        JsonValueKind.Number => OfNumber(value),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array when value.EnumerateArray().All(IsScalar) => string.Join(", ", value.EnumerateArray().Select(Of)),
        JsonValueKind.Array or JsonValueKind.Object => Shorten(SafeText.Line(value.GetRawText())),
        _ => "",
    };

    public static bool IsScalar(JsonElement value) => value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object);

    // the API writes instants in UTC to a ten-millionth of a second, and durations as ISO 8601; both are hard on the eyes
    private static string OfText(string text)
    {
        if (text.Length is >= 20 and <= 28 && text[^1] == 'Z' && text[10] == 'T'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            return instant.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return text.Length > 2 && text[0] == 'P' && IsoDuration.TryParse(text, out var duration) ? Durations.Short(duration) : text;
    }

    private static string OfNumber(JsonElement value) =>
        value.TryGetInt64(out var whole)
            ? whole.ToString(CultureInfo.InvariantCulture)
            : value.GetDouble().ToString("0.###", CultureInfo.InvariantCulture);

    private static string Shorten(string text) => text.Length <= MaxJson ? text : string.Concat(text.AsSpan(0, MaxJson - 1), "…");
}
