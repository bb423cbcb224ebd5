using System.Globalization;

namespace ActorJobs.Tests.Schedules;

/// <summary>When schedules fire. The cases of changed clocks are the table of <c>docs/schedules.md</c>.</summary>
public sealed class TimetableTests
{
    /// <summary>Zone, expression, an instant before the change, and the firings after it.</summary>
    public static TheoryData<string, string, string, string[]> ChangedClocks => new()
    {
        // forward: 02:00 to 03:00 on 8 March 2026, 07:00 UTC
        { "America/New_York", "30 2 * * *", "2026-03-07T06:00Z", ["2026-03-07T07:30Z", "2026-03-08T07:00Z", "2026-03-09T06:30Z"] },
        { "America/New_York", "0,30 2 * * *", "2026-03-08T05:00Z", ["2026-03-08T07:00Z", "2026-03-09T06:00Z", "2026-03-09T06:30Z"] },
        { "America/New_York", "0 2,3 * * *", "2026-03-08T05:00Z", ["2026-03-08T07:00Z", "2026-03-09T06:00Z", "2026-03-09T07:00Z"] },
        { "America/New_York", "*/30 * * * *", "2026-03-08T06:00Z", ["2026-03-08T06:30Z", "2026-03-08T07:00Z", "2026-03-08T07:30Z"] },
        { "America/New_York", "15 * * * *", "2026-03-08T06:00Z", ["2026-03-08T06:15Z", "2026-03-08T07:15Z", "2026-03-08T08:15Z"] },
        // back: 02:00 to 01:00 on 1 November 2026, 06:00 UTC
        { "America/New_York", "30 1 * * *", "2026-11-01T04:00Z", ["2026-11-01T05:30Z", "2026-11-02T06:30Z"] },
        { "America/New_York", "*/30 * * * *", "2026-11-01T05:00Z", ["2026-11-01T05:30Z", "2026-11-01T06:00Z", "2026-11-01T06:30Z", "2026-11-01T07:00Z"] },
        { "America/New_York", "0 */2 * * *", "2026-11-01T03:00Z", ["2026-11-01T04:00Z", "2026-11-01T07:00Z", "2026-11-01T09:00Z"] },
        // forward: 02:00 to 03:00 on 29 March 2026, 01:00 UTC; back: 03:00 to 02:00 on 25 October 2026, 01:00 UTC
        { "Europe/Berlin", "30 2 * * *", "2026-03-28T00:00Z", ["2026-03-28T01:30Z", "2026-03-29T01:00Z", "2026-03-30T00:30Z"] },
        { "Europe/Berlin", "30 2 * * *", "2026-10-24T12:00Z", ["2026-10-25T00:30Z", "2026-10-26T01:30Z"] },
        { "Europe/Berlin", "0 0 3 * * ?", "2026-10-24T12:00Z", ["2026-10-25T02:00Z", "2026-10-26T02:00Z"] },
        { "Europe/Berlin", "0 * * * *", "2026-10-24T23:30Z", ["2026-10-25T00:00Z", "2026-10-25T01:00Z", "2026-10-25T02:00Z"] },
        // half an hour: forward 02:00 to 02:30 on 4 October 2026, 15:30 UTC the day before; back 02:00 to 01:30 on 5 April 2026, 15:00 UTC the day before
        { "Australia/Lord_Howe", "15 2 * * *", "2026-10-03T00:00Z", ["2026-10-03T15:30Z", "2026-10-04T15:15Z"] },
        { "Australia/Lord_Howe", "45 1 * * *", "2026-04-04T00:00Z", ["2026-04-04T14:45Z", "2026-04-05T15:15Z"] },
        { "Australia/Lord_Howe", "45 * * * *", "2026-04-04T14:00Z", ["2026-04-04T14:45Z", "2026-04-04T15:15Z", "2026-04-04T16:15Z"] },
    };

    [Theory]
    [MemberData(nameof(ChangedClocks))]
    public void Changed_clocks_follow_the_table(string zone, string cron, string after, string[] expected) =>
        Assert.Equal(expected, Firings(ScheduleSamples.Cron(cron, zone), after, expected.Length));

    [Theory]
    [InlineData(SkippedTime.Skip, new[] { "2026-03-28T01:30Z", "2026-03-30T00:30Z" })]
    [InlineData(SkippedTime.Next, new[] { "2026-03-28T01:30Z", "2026-03-29T01:00Z" })]
    public void A_schedule_may_say_what_becomes_of_a_skipped_time(SkippedTime skipped, string[] expected) =>
        Assert.Equal(expected, Firings(ScheduleSamples.Cron("30 2 * * *", "Europe/Berlin") with { Skipped = skipped }, "2026-03-28T00:00Z", 2));

    [Theory]
    [InlineData(RepeatedTime.First, new[] { "2026-10-25T00:30Z", "2026-10-26T01:30Z" })]
    [InlineData(RepeatedTime.Both, new[] { "2026-10-25T00:30Z", "2026-10-25T01:30Z" })]
    public void A_schedule_may_say_what_becomes_of_a_repeated_time(RepeatedTime repeated, string[] expected) =>
        Assert.Equal(expected, Firings(ScheduleSamples.Cron("30 2 * * *", "Europe/Berlin") with { Repeated = repeated }, "2026-10-24T12:00Z", 2));

    [Theory]
    [InlineData("*/20 * * * *", new[] { "2026-01-30T23:20Z", "2026-01-30T23:40Z", "2026-01-31T00:00Z" })]
    [InlineData("0 12 * * 0", new[] { "2026-02-01T12:00Z", "2026-02-08T12:00Z" })]
    [InlineData("0 12 * * 7", new[] { "2026-02-01T12:00Z", "2026-02-08T12:00Z" })]
    [InlineData("0 0 12 ? * 1", new[] { "2026-02-01T12:00Z", "2026-02-08T12:00Z" })]
    [InlineData("0 12 * * MON-FRI", new[] { "2026-02-02T12:00Z", "2026-02-03T12:00Z" })]
    [InlineData("0 0 29 2 *", new[] { "2028-02-29T00:00Z", "2032-02-29T00:00Z" })]
    [InlineData("0 0 0 L * ?", new[] { "2026-01-31T00:00Z", "2026-02-28T00:00Z" })]
    [InlineData("0 0 13 * 5", new[] { "2026-02-06T00:00Z", "2026-02-13T00:00Z" })]
    public void Cron_has_five_fields_or_six(string cron, string[] expected) =>
        Assert.Equal(expected, Firings(ScheduleSamples.Cron(cron), "2026-01-30T23:00Z", expected.Length));

    [Fact]
    public void Intervals_count_from_the_epoch_or_the_start()
    {
        var request = ScheduleSamples.EveryMinute with { Every = TimeSpan.FromMinutes(90) };

        Assert.Equal(["2026-06-01T10:30Z", "2026-06-01T12:00Z"], Firings(request, "2026-06-01T10:00Z", 2));
        Assert.Equal(
            ["2026-06-01T10:05Z", "2026-06-01T11:35Z"],
            Firings(request with { Start = ScheduleSamples.At("2026-06-01T10:05Z") }, "2026-06-01T10:00Z", 2));
    }

    [Fact]
    public void Nothing_fires_before_the_start_or_after_the_end()
    {
        var request = ScheduleSamples.Cron("0 * * * *") with { Start = ScheduleSamples.At("2026-06-03T07:00Z"), End = ScheduleSamples.At("2026-06-03T08:00Z") };

        Assert.Equal(["2026-06-03T07:00Z", "2026-06-03T08:00Z"], Firings(request, "2026-06-01T00:00Z", 5));
    }

    [Fact]
    public void Nothing_fires_on_excluded_days_of_the_zone()
    {
        var request = ScheduleSamples.Cron("0 0 * * *", "America/New_York") with { Exclude = ["Saturday", "sunday", "--12-25", "2026-12-28/2027-01-03"] };

        Assert.Equal(
            ["2026-12-23T05:00Z", "2026-12-24T05:00Z", "2027-01-04T05:00Z", "2027-01-05T05:00Z"], Firings(request, "2026-12-23T00:00Z", 4));
    }

    [Fact]
    public void The_last_firing_before_an_instant_is_found_among_millions()
    {
        var timetable = ScheduleSamples.Define(ScheduleSamples.Cron("* * 0-22 * * *")).Timetable;
        var after = ScheduleSamples.At("2024-01-01T00:00Z");

        Assert.Equal(ScheduleSamples.At("2026-06-01T22:59:59Z"), timetable.Last(after, ScheduleSamples.At("2026-06-01T23:59:59Z")));
        Assert.Equal(ScheduleSamples.At("2026-06-01T00:00:07Z"), timetable.Last(after, ScheduleSamples.At("2026-06-01T00:00:07Z")));
        Assert.Null(timetable.Last(ScheduleSamples.At("2026-06-01T22:59:59Z"), ScheduleSamples.At("2026-06-01T23:59:59Z")));
        Assert.Equal(
            ScheduleSamples.At("2026-06-01T22:59:54Z"), timetable.StartOfLast(5, after, ScheduleSamples.At("2026-06-01T23:30:00Z")).AddTicks(1).AddSeconds(-1));
    }

    [Fact]
    public void Every_second_of_two_years_in_any_zone_agrees_with_a_plain_walk()
    {
        // minute by minute over the wall of each zone, by the rule's own words: fires where the wall shows it and has not shown it before
        foreach (var zone in new[] { "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca" })
        {
            var timetable = ScheduleSamples.Define(ScheduleSamples.Cron("45 1 * * *", zone)).Timetable;
            var from = ScheduleSamples.At("2026-01-01T00:00Z");
            var expected = Walk(zone, from, 2 * 366, new TimeSpan(1, 45, 0));
            Assert.Equal(expected, [.. timetable.Between(from, from.AddDays(2 * 366).AddTicks(-1), 1000)]);
        }
    }

    private static List<DateTimeOffset> Walk(string zone, DateTimeOffset from, int days, TimeSpan time)
    {
        var source = NodaTime.DateTimeZoneProviders.Tzdb[zone];
        var (found, shown) = (new List<DateTimeOffset>(), new HashSet<DateTime>());
        var before = Wall(from);
        for (var at = from.AddMinutes(15); at < from.AddDays(days); at = at.AddMinutes(15))
        {
            var wall = Wall(at);
            if (wall.TimeOfDay == time && shown.Add(wall))
                found.Add(at);
            else if (before < wall.Date + time && wall > wall.Date + time && shown.Add(wall.Date + time))
                found.Add(at); // left out: the first instant after
            before = wall;
        }

        return found;

        DateTime Wall(DateTimeOffset at) => NodaTime.Instant.FromDateTimeOffset(at).InZone(source).ToDateTimeUnspecified();
    }

    private static string[] Firings(ScheduleRequest request, string after, int count) =>
    [
        .. ScheduleSamples.Define(request).Timetable.Between(ScheduleSamples.At(after), DateTimeOffset.MaxValue, count)
            .Select(instant => instant.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture)),
    ];
}
