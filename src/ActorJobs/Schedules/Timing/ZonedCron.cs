using NodaTime;
using NodaTime.TimeZones;

namespace ActorJobs.Schedules;

/// <summary>
/// A cron expression in a zone. The zone is a row of segments of constant offset; within one, times on the wall are instants. What happens between
/// two segments is the rule of <see cref="SkippedTime"/> and <see cref="RepeatedTime"/>, whose table is in <c>docs/schedules.md</c>.
/// </summary>
internal sealed class ZonedCron(WallCron cron, DateTimeZone zone, SkippedTime skipped, RepeatedTime repeated) : TimeRule
{
    private const int MaxSegments = 1000; // two a year: more years than an expression looks ahead

    public override DateTimeOffset? Next(DateTimeOffset after)
    {
        var from = Instant.FromDateTimeOffset(after).PlusTicks(1);
        for (var i = 0; i < MaxSegments; i++)
        {
            var segment = zone.GetZoneInterval(from);
            if (segment.HasStart && from <= segment.Start && MakesUpForSkipped(segment))
                return segment.Start.ToDateTimeOffset();
            if (cron.Next(FirstWall(segment, from).AddTicks(-1)) is not { } wall)
                return null;
            var instant = Instant.FromDateTimeUtc(DateTime.SpecifyKind(wall, DateTimeKind.Utc)).Minus(OffsetOf(segment));
            if (!segment.HasEnd || instant < segment.End)
                return instant.ToDateTimeOffset();
            from = segment.End;
        }

        return null;
    }

    /// <summary>Where the clocks went forward to get here, and the expression names a time they left out.</summary>
    private bool MakesUpForSkipped(ZoneInterval segment)
    {
        if (skipped != SkippedTime.Next || Before(segment) is not { } before || before.WallOffset >= segment.WallOffset)
            return false;
        return cron.Next(Wall(segment.Start, before).AddTicks(-1)) is { } wall && wall < Wall(segment.Start, segment);
    }

    /// <summary>The first time on the wall that counts: where clocks went back, what was shown before does not count again unless both do.</summary>
    private DateTime FirstWall(ZoneInterval segment, Instant from)
    {
        var wall = Wall(from, segment);
        return repeated == RepeatedTime.First && Before(segment) is { } before && Wall(segment.Start, before) is var seen && seen > wall ? seen : wall;
    }

    private ZoneInterval? Before(ZoneInterval segment) => segment.HasStart ? zone.GetZoneInterval(segment.Start.PlusTicks(-1)) : null;

    private static DateTime Wall(Instant instant, ZoneInterval segment) => instant.Plus(OffsetOf(segment)).ToDateTimeUtc();

    private static Duration OffsetOf(ZoneInterval segment) => Duration.FromTimeSpan(segment.WallOffset.ToTimeSpan());
}
