using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ActorJobs.AspNetCore.Pages.Layout;

/// <summary>Figures and times as people read them.</summary>
public static class Words
{
    private const int MaxShown = 64 * 1024;

    /// <summary>A count with its thousands apart: <c>12,345</c>; from a million on <c>1.23 M</c>.</summary>
    public static string Count(long count) => count switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{count / 1e9:0.##} G"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:0.##} M"),
        _ => count.ToString("N0", CultureInfo.InvariantCulture),
    };

    /// <summary>A rate with as many digits as matter.</summary>
    public static string Rate(double rate) => (double.IsFinite(rate) ? rate : 0) switch
    {
        0 => "0",
        < 10 and var small => small.ToString("0.#", CultureInfo.InvariantCulture),
        var large => Count((long)Math.Round(large)),
    };

    /// <summary>A share as a percentage.</summary>
    public static string Percent(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(Math.Clamp(double.IsFinite(share) ? share : 0, 0, 1) * 100):0} %");

    /// <summary>A length of time in its two biggest units: <c>1 m 30 s</c>.</summary>
    public static string Duration(TimeSpan duration) => duration.Duration() switch
    {
        { TotalMilliseconds: < 1 } => "0 s",
        { TotalMilliseconds: < 1000 } time => $"{time.Milliseconds} ms",
        { TotalSeconds: < 60 } time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
        { TotalMinutes: < 60 } time => Pair(time.Minutes, "m", time.Seconds, "s"),
        { TotalHours: < 24 } time => Pair(time.Hours, "h", time.Minutes, "m"),
        var time => Pair(time.Days, "d", time.Hours, "h"),
    };

    /// <summary>How far an instant is away: <c>3 s ago</c>, <c>in 2 m</c>.</summary>
    public static string Relative(TimeSpan fromNow)
    {
        var distance = fromNow.Duration();
        if (distance < TimeSpan.FromSeconds(1))
            return "now";
        var text = distance switch
        {
            { TotalSeconds: < 60 } => $"{distance.Seconds} s",
            { TotalMinutes: < 60 } => $"{distance.Minutes} m",
            { TotalHours: < 48 } => $"{(int)distance.TotalHours} h",
            _ => $"{distance.Days} d",
        };
        return fromNow > TimeSpan.Zero ? $"in {text}" : $"{text} ago";
    }

    /// <summary>A JSON value with line breaks; a very long one is cut.</summary>
    public static string Indented(RawJson value)
    {
        if (value.Utf8.Length > MaxShown)
            return Encoding.UTF8.GetString(value.Utf8.Span[..MaxShown]) + $"\n… {Count(value.Utf8.Length)} bytes in all; the API has the rest.";
        try
        {
            using var document = JsonDocument.Parse(value.Utf8);
            return JsonSerializer.Serialize(document.RootElement, Readable);
        }
        catch (JsonException)
        {
            // valid JSON that no .NET string can hold (half a surrogate pair): shown as it is
            return value.ToString();
        }
    }

    /// <summary>A number for an SVG attribute.</summary>
    internal static string Plain(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The next of 1, 2, 5, 10, 20, ... at or above a value; a scale that jumps less than its data.</summary>
    internal static double NiceCeiling(double value)
    {
        if (!double.IsFinite(value) || value <= 1)
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return (value / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }

    // the page encodes what it shows; encoding for HTML here as well would show the escapes
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Pair(int big, string bigUnit, int small, string smallUnit) =>
        small == 0 ? $"{big} {bigUnit}" : $"{big} {bigUnit} {small} {smallUnit}";
}
