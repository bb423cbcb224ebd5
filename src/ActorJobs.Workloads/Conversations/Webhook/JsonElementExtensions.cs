using System.Text.Json;

namespace ActorJobs.Workloads.Conversations;

/// <summary>Reads JSON from outside, where any member may be missing or of another type than documented.</summary>
internal static class JsonElementExtensions
{
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    /// <summary>A text member; null when it is missing, empty, no text, or not Unicode.</summary>
    public static string? Text(this JsonElement element, string name)
    {
        if (element.Member(name) is not { ValueKind: JsonValueKind.String } member)
            return null;
        try
        {
            return member.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // an escape for half a character
            return null;
        }
    }

    /// <summary>A whole number, also when it stands in quotes, as Meta's timestamps do.</summary>
    public static long? Number(this JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.Number } member when member.TryGetInt64(out var number) => number,
        { ValueKind: JsonValueKind.String } when long.TryParse(
            element.Text(name), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>A number with a fraction.</summary>
    public static double? Real(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    /// <summary>The items of an array member; none when it is no array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } member ? member.EnumerateArray() : [];
}
