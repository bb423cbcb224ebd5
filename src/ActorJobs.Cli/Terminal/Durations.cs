using System.Globalization;
using System.Text.RegularExpressions;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>Durations as people write and read them.</summary>
internal static partial class Durations
{
    /// <summary>Reads <c>90</c> (seconds), <c>500ms</c>, <c>10s</c>, <c>1h30m</c>, <c>2d</c> and ISO 8601 (<c>PT10S</c>).</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        if (IsoDuration.TryParse(text, out duration))
            return true;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= IsoDuration.MaxSeconds)
        {
            duration = TimeSpan.FromSeconds(seconds);
            return true;
        }

        var match = Parts().Match(text);
        if (!match.Success || text.Length == 0)
            return false;
        var total = Part("d") * 86_400 + Part("h") * 3_600 + Part("m") * 60 + Part("s") + Part("ms") / 1_000;
        if (total > IsoDuration.MaxSeconds)
            return false;
        duration = TimeSpan.FromSeconds(total);
        return true;

        double Part(string unit) => match.Groups[unit] is { Success: true, Value: var number } ? double.Parse(number, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>For instance <c>1.5 ms</c>, <c>12.3 s</c>, <c>4m 10s</c>, <c>3d 2h</c>.</summary>
    public static string Short(TimeSpan duration) => duration switch
    {
        { Ticks: < 0 } => "-" + Short(duration.Negate()),
        { Ticks: 0 } => "0 s",
        { TotalSeconds: < 1 } => Text($"{duration.TotalMilliseconds:0.##} ms"),
        { TotalMinutes: < 1 } => Text($"{duration.TotalSeconds:0.##} s"),
        { TotalHours: < 1 } => Text($"{duration.Minutes}m {duration.Seconds}s"),
        { TotalDays: < 1 } => Text($"{duration.Hours}h {duration.Minutes}m"),
        _ => Text($"{duration.Days}d {duration.Hours}h"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:(?<d>\d{1,6})d)?(?:(?<h>\d{1,9})h)?(?:(?<m>\d{1,9})m(?!s))?(?:(?<s>\d{1,11}(?:\.\d{1,7})?)s)?(?:(?<ms>\d{1,12})ms)?$")]
    private static partial Regex Parts();
}
