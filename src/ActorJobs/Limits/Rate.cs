using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ActorJobs.Hosting.Settings;

namespace ActorJobs;

/// <summary>How many jobs may start in any window of a length. Written <c>50/s</c>, <c>1000/m</c>, <c>20/10s</c> or <c>5/PT30S</c>.</summary>
/// <param name="Count">How many, 1 to 1 000 000.</param>
/// <param name="Per">The length of the window, 10 ms to 1 day.</param>
public sealed record Rate(int Count, TimeSpan Per)
{
    private const int MaxCount = 1_000_000;
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Most = TimeSpan.FromDays(1);

    /// <summary>How a rate is written, for people who got it wrong.</summary>
    public const string Form = "A rate is a count (1 to 1000000), a slash and a window (10 ms to 1 day): 50/s, 1000/m, 20/10s, 5/PT30S";

    /// <summary>Reads a rate; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Rate? rate)
    {
        rate = null;
        if (text?.Split('/', 2) is not [var count, var window]
            || !int.TryParse(count.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > MaxCount
            || !DurationText.TryParse(window.Trim() is [>= 'a' and <= 'z', ..] unit ? "1" + unit : window, out var per) || per < Least || per > Most)
            return false;
        rate = new Rate(number, per);
        return true;
    }

    /// <summary>The rate as it is written.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count}/{Window(Per)}");

    private static string Window(TimeSpan per) =>
        per == TimeSpan.FromSeconds(1) ? "s"
        : per == TimeSpan.FromMinutes(1) ? "m"
        : per == TimeSpan.FromHours(1) ? "h"
        : per == TimeSpan.FromDays(1) ? "d"
        : per.TotalMilliseconds % 1000 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{per.TotalSeconds:0}s")
        : string.Create(CultureInfo.InvariantCulture, $"{per.TotalMilliseconds:0.###}ms");
}
