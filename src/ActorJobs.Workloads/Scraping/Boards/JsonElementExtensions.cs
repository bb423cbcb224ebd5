using System.Globalization;
using System.Text.Json;
using ActorJobs.Workloads.Scraping.Crawling;

namespace ActorJobs.Workloads.Scraping.Boards;

/// <summary>Reads what may be absent or of another kind than documented.</summary>
internal static class JsonElementExtensions
{
    /// <summary>The member at the path; undefined when a step of it is not there.</summary>
    public static JsonElement At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return default;
        }

        return element;
    }

    public static string? Text(this JsonElement element, params ReadOnlySpan<string> path) => element.At(path) switch
    {
        { ValueKind: JsonValueKind.String } text when !string.IsNullOrWhiteSpace(text.GetString()) => text.GetString()!.Trim(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public static decimal? Number(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var value) ? value : null;

    public static bool? Flag(this JsonElement element, params ReadOnlySpan<string> path) => element.At(path).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static IEnumerable<JsonElement> Members(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static Uri? Link(this JsonElement element, params ReadOnlySpan<string> path) =>
        Uri.TryCreate(element.Text(path), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && !CanonicalUrl.IsTooLong(url) ? url : null;

    /// <summary>An instant given as milliseconds since 1970, as a day.</summary>
    public static string? Day(this JsonElement element, string name) =>
        element.Number(name) is > 0 and < 4_102_444_800_000 and var milliseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;

    /// <summary>Those parts of a place that are there.</summary>
    public static string? Place(this JsonElement element, params ReadOnlySpan<string> parts)
    {
        var found = new List<string>();
        foreach (var part in parts)
        {
            if (element.Text(part) is { } text && !found.Contains(text))
                found.Add(text);
        }

        return found.Count == 0 ? null : string.Join(", ", found);
    }
}
