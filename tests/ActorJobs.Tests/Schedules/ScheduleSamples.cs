using System.Collections.Frozen;
using ActorJobs.Jobs;
using ActorJobs.Schedules;

namespace ActorJobs.Tests.Schedules;

/// <summary>Schedules to begin with.</summary>
internal static class ScheduleSamples
{
    public static DateTimeOffset Now { get; } = new(2026, 6, 1, 10, 0, 30, TimeSpan.Zero);

    public static ScheduleReader Reader { get; } = new(new JobRequestReader(
        new Dictionary<string, JobKind>(StringComparer.Ordinal)
        {
            ["work"] = new("work", new KindOptions(), (_, _) => throw new InvalidOperationException("nothing runs here")),
        }.ToFrozenDictionary(StringComparer.Ordinal)));

    public static ScheduleRequest EveryMinute => new() { Every = TimeSpan.FromMinutes(1), Job = new JobRequest { Kind = "work", Args = RawJson.Parse("""{"n":1}""") } };

    public static ScheduleRequest Cron(string cron, string zone = "UTC") => new() { Cron = cron, Zone = zone, Job = new JobRequest { Kind = "work" } };

    public static ScheduleDefinition Define(ScheduleRequest request) =>
        Reader.Read(request, Now) is ({ } definition, _) ? definition : throw new Xunit.Sdk.XunitException($"refused: {Reader.Read(request, Now).Problem}");

    /// <summary>Minutes and seconds after 10:00 of the day: <see cref="Now"/> is half a minute after minute 0.</summary>
    public static DateTimeOffset At(int minute, double second = 0) => new DateTimeOffset(2026, 6, 1, 10, 0, 0, TimeSpan.Zero).AddMinutes(minute).AddSeconds(second);

    public static string Key(int minute) => ScheduleIds.KeyOf(At(minute));

    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
