using System.Globalization;

namespace ActorJobs.Schedules;

/// <summary>
/// A calendar of days on which nothing fires: weekdays (<c>Saturday</c>), dates (<c>2026-12-25</c>), dates of every year (<c>--12-25</c>, as ISO 8601
/// wrote them) and ranges of dates, both ends included (<c>2026-12-24/2027-01-02</c>). Days are those of the schedule's zone.
/// </summary>
internal sealed class ExcludedDays
{
    private readonly HashSet<DayOfWeek> weekdays = [];
    private readonly HashSet<(int Month, int Day)> yearly = [];
    private readonly List<(DateOnly First, DateOnly Last)> ranges = [];

    /// <summary>No day.</summary>
    public static ExcludedDays None { get; } = new();

    public static string Allowed => "weekdays (Saturday), dates (2026-12-25), dates of every year (--12-25), ranges of dates (2026-12-24/2027-01-02)";

    /// <summary>The calendar, or the entry that cannot be read.</summary>
    public static (ExcludedDays? Days, string? Unreadable) Parse(IEnumerable<string> entries)
    {
        var days = new ExcludedDays();
        foreach (var entry in entries)
        {
            if (!days.Add(entry))
                return (null, entry);
        }

        return (days, null);
    }

    /// <summary>The last day in a row of excluded days that begins with <paramref name="day"/> as far as one entry tells; null when the day is not excluded.</summary>
    public DateOnly? EndOf(DateOnly day)
    {
        if (weekdays.Contains(day.DayOfWeek) || yearly.Contains((day.Month, day.Day)))
            return day;
        foreach (var (first, last) in ranges)
        {
            if (first <= day && day <= last)
                return last;
        }

        return null;
    }

    private bool Add(string entry)
    {
        if (entry.StartsWith("--", StringComparison.Ordinal))
        {
            // read in a leap year, so that the 29th of February may be named
            if (!DateOnly.TryParseExact("2024-" + entry[2..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                return false;
            yearly.Add((date.Month, date.Day));
            return true;
        }

        if (Enum.GetNames<DayOfWeek>().FirstOrDefault(name => name.Equals(entry, StringComparison.OrdinalIgnoreCase)) is { } weekday)
        {
            weekdays.Add(Enum.Parse<DayOfWeek>(weekday));
            return true;
        }

        var ends = entry.Split('/');
        if (ends.Length > 2 || !TryDate(ends[0], out var first) || !TryDate(ends[^1], out var last) || last < first)
            return false;
        ranges.Add((first, last));
        return true;
    }

    private static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
