using System.Buffers;
using System.Globalization;
using System.Text;

namespace ActorJobs.Client;

/// <summary>
/// Durations on the wire: ISO 8601 such as <c>PT10S</c>, <c>P1DT2H</c> or <c>P2W</c>. Years and months are refused because their length depends on
/// the calendar; a fraction is allowed on seconds only.
/// </summary>
public static class IsoDuration
{
    /// <summary>The longest duration accepted, in seconds (a little over 1 000 years): keeps every later sum of instants in range.</summary>
    public const double MaxSeconds = 32_000_000_000;

    /// <summary>Reads a duration. False when <paramref name="text"/> is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length < 3 || text[0] != 'P')
            return false;
        var seconds = 0m;
        var time = false;
        var lastRank = 0;
        for (var at = 1; at < text.Length;)
        {
            if (text[at] == 'T' && !time)
            {
                time = true;
                if (++at == text.Length)
                    return false;
            }

            var digits = text[at..].IndexOfAnyExcept(NumberCharacters);
            if (digits is < 1 or > 20 || !decimal.TryParse(text.Slice(at, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return false;
            var (unit, rank) = UnitOf(text[at + digits], time);
            if (rank <= lastRank || (unit != 1 && text.Slice(at, digits).Contains('.')))
                return false;
            lastRank = rank;
            if (number > (decimal)MaxSeconds || (seconds += number * unit) > (decimal)MaxSeconds)
                return false;
            at += digits + 1;
        }

        duration = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return lastRank > 0;
    }

    /// <summary>Writes a duration, for instance <c>PT1H30M</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
            return "PT0S";
        var text = new StringBuilder(duration < TimeSpan.Zero ? "-P" : "P");
        duration = duration.Duration();
        Append(duration.Days, 'D');
        if (duration.Ticks % TimeSpan.TicksPerDay != 0)
            text.Append('T');
        Append(duration.Hours, 'H');
        Append(duration.Minutes, 'M');
        var seconds = (decimal)(duration.Ticks % TimeSpan.TicksPerMinute) / TimeSpan.TicksPerSecond;
        if (seconds != 0)
            text.Append(seconds.ToString("0.#######", CultureInfo.InvariantCulture)).Append('S');
        return text.ToString();

        void Append(int number, char unit)
        {
            if (number != 0)
                text.Append(CultureInfo.InvariantCulture, $"{number}").Append(unit);
        }
    }

    /// <summary>Seconds per unit, and its place in the fixed order of units; rank 0 is no unit.</summary>
    private static (decimal Seconds, int Rank) UnitOf(char letter, bool time) => (letter, time) switch
    {
        ('W', false) => (604_800, 1),
        ('D', false) => (86_400, 2),
        ('H', true) => (3_600, 3),
        ('M', true) => (60, 4),
        ('S', true) => (1, 5),
        _ => (0, 0),
    };

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");
}
