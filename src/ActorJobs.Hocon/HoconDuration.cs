using System.Xml;
using ActorJobs.Hocon.Units;

namespace ActorJobs.Hocon;

/// <summary>
/// Durations as people write them in configuration: HOCON's (<c>10 seconds</c>, <c>10s</c>, <c>1.5h</c>) and ISO 8601's (<c>PT10S</c>).
/// Source: HOCON specification, "Duration format"; units are case-sensitive.
/// </summary>
public static class HoconDuration
{
    /// <summary>Reads a duration; a number without a unit is in milliseconds, as the specification has it.</summary>
    /// <returns>Whether <paramref name="text"/> is a duration that a <see cref="TimeSpan"/> can hold.</returns>
    public static bool TryParse(string? text, out TimeSpan value) => TryParse(text, TimeSpan.FromMilliseconds(1), out value);

    /// <summary>Reads a duration; a number without a unit is in multiples of <paramref name="defaultUnit"/>.</summary>
    /// <returns>Whether <paramref name="text"/> is a duration that a <see cref="TimeSpan"/> can hold.</returns>
    public static bool TryParse(string? text, TimeSpan defaultUnit, out TimeSpan value)
    {
        value = default;
        if (!Quantity.TryParse(text, out var quantity))
            return TryParseIso(text, out value);
        if (Ticks(quantity.Unit, defaultUnit) is not { } ticks)
            return false;
        try
        {
            value = TimeSpan.FromTicks((long)(quantity.Number * ticks));
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    /// <summary>A unit in ticks of 100 ns; null for a word that is no unit.</summary>
    private static decimal? Ticks(string unit, TimeSpan defaultUnit) => unit switch
    {
        "" => defaultUnit.Ticks,
        "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => 0.01m,
        "us" or "micro" or "micros" or "microsecond" or "microseconds" => TimeSpan.TicksPerMicrosecond,
        "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
        "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
        "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
        "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
        "d" or "day" or "days" => TimeSpan.TicksPerDay,
        _ => null,
    };

    private static bool TryParseIso(string? text, out TimeSpan value)
    {
        value = default;
        var trimmed = text?.Trim() ?? "";
        var date = trimmed.Split('T')[0];
        // A year or a month is no fixed time; the reader below would take one for 365 or 30 days.
        if (!trimmed.TrimStart('-').StartsWith('P') || date.Contains('Y', StringComparison.Ordinal) || date.Contains('M', StringComparison.Ordinal))
            return false;
        try
        {
            value = XmlConvert.ToTimeSpan(trimmed);
            return true;
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            return false;
        }
    }
}
