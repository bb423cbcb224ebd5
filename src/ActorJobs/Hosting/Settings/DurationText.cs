using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace ActorJobs.Hosting.Settings;

/// <summary>
/// Durations as configuration writes them: ISO 8601 (<c>PT6S</c>), clock time (<c>00:00:06</c>), a number with a unit (<c>6 seconds</c>, <c>250ms</c>),
/// or a bare number of seconds. The platform's own conversion knows the second form only, and takes a bare number for days.
/// </summary>
internal static partial class DurationText
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        text = text.Trim();
        if (text.Contains(':', StringComparison.Ordinal))
            return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration); // freely read, 25:00:00 would be 25 days
        return text.StartsWith('P') ? TryParseIso(text, out duration) : TryParseQuantity(text, out duration);
    }

    private static bool TryParseIso(string text, out TimeSpan duration)
    {
        duration = default;
        // a year or a month has no fixed length; the platform would take one for 365 or 30 days
        if (text.Split('T')[0].AsSpan().IndexOfAny('Y', 'M') >= 0)
            return false;
        try
        {
            duration = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            return false;
        }
    }

    private static bool TryParseQuantity(string text, out TimeSpan duration)
    {
        duration = default;
        if (Quantity().Match(text) is not { Success: true } match || Seconds(match.Groups["unit"].Value) is not { } unit)
            return false;
        var seconds = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * unit;
        if (seconds > TimeSpan.MaxValue.TotalSeconds / 2)
            return false;
        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static double? Seconds(string unit) => unit switch
    {
        "" or "s" or "second" or "seconds" => 1,
        "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => 0.001,
        "m" or "minute" or "minutes" => 60,
        "h" or "hour" or "hours" => 3_600,
        "d" or "day" or "days" => 86_400,
        _ => null,
    };

    [GeneratedRegex(@"^(?<number>[0-9]{1,15}(\.[0-9]{1,9})?)\s*(?<unit>[a-z]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Quantity();
}
