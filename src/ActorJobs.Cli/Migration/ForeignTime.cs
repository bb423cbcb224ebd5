using System.Globalization;

namespace ActorJobs.Cli;

/// <summary>Times as other systems write them.</summary>
internal static class ForeignTime
{
    private const double LastSecond = 253_402_300_799; // the end of the year 9999

    /// <summary>Seconds since 1970; null when that is no time.</summary>
    public static DateTimeOffset? OfSeconds(double seconds) => seconds is >= 0 and <= LastSecond ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;

    /// <summary>ISO 8601 as Python writes it, UTC when it names no zone; throws when it is none.</summary>
    public static DateTimeOffset OfText(string text, string what) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw new NotCarriedException($"its {what} '{text}' is no time");
}
