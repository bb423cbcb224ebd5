using NodaTime;

namespace ActorJobs.Schedules;

/// <summary>The nominal times of a schedule: its rule between start and end, without the excluded days.</summary>
internal sealed class Timetable(TimeRule rule, DateTimeZone zone, DateTimeOffset? start, DateTimeOffset? end, ExcludedDays excluded)
{
    private const int MaxExcludedInARow = 4000; // days: more than ten years without a firing is none

    /// <summary>The zone in which days begin and times are shown.</summary>
    public DateTimeZone Zone { get; } = zone;

    /// <summary>The first nominal time after <paramref name="after"/>, or null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        if (start is { } first && after < first)
            after = first.AddTicks(-1);
        for (var i = 0; i < MaxExcludedInARow; i++)
        {
            if (rule.Next(after) is not { } next || next > end)
                return null;
            if (excluded.EndOf(DayOf(next)) is not { } last)
                return next;
            after = StartOf(last.AddDays(1)).AddTicks(-1);
        }

        return null;
    }

    /// <summary>The nominal times in (<paramref name="after"/>, <paramref name="upTo"/>], oldest first, at most so many.</summary>
    public IEnumerable<DateTimeOffset> Between(DateTimeOffset after, DateTimeOffset upTo, int limit)
    {
        for (var i = 0; i < limit && Next(after) is { } next && next <= upTo; i++)
        {
            yield return next;
            after = next;
        }
    }

    /// <summary>
    /// The last nominal time in (<paramref name="after"/>, <paramref name="upTo"/>], or null. Found by halving, so that years of seconds cost a few
    /// dozen looks.
    /// </summary>
    public DateTimeOffset? Last(DateTimeOffset after, DateTimeOffset upTo)
    {
        if (Next(after) is not { } known || known > upTo)
            return null;
        var beyond = upTo; // no nominal time in (beyond, upTo]
        while (beyond - known >= TimeSpan.FromSeconds(1))
        {
            var middle = known + ((beyond - known) / 2);
            if (Next(middle) is { } next && next <= upTo)
                known = next;
            else
                beyond = middle;
        }

        return known;
    }

    /// <summary>The instant after which the last <paramref name="count"/> nominal times up to <paramref name="upTo"/> lie, not before <paramref name="after"/>.</summary>
    public DateTimeOffset StartOfLast(int count, DateTimeOffset after, DateTimeOffset upTo)
    {
        if (Between(after, upTo, count + 1).Count() <= count)
            return after;
        for (var i = 0; i < count && Last(after, upTo) is { } last; i++)
            upTo = last.AddTicks(-1);
        return upTo;
    }

    private DateOnly DayOf(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(Zone).Date.ToDateOnly();

    private DateTimeOffset StartOf(DateOnly day) => Zone.AtStartOfDay(LocalDate.FromDateOnly(day)).ToInstant().ToDateTimeOffset();
}
