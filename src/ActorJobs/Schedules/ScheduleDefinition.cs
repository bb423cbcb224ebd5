using System.Text.Json;
using System.Text.Json.Serialization;
using ActorJobs.Jobs;
using NodaTime;

namespace ActorJobs.Schedules;

/// <summary>What a schedule is, with every default filled in, so that it fires the same on every node and after every restart.</summary>
internal sealed record ScheduleDefinition
{
    private Timetable? timetable;

    /// <summary>As it was asked for, without a wish about pausing.</summary>
    public required ScheduleRequest Request { get; init; }

    /// <summary>The job of a firing without its arguments, which the request has.</summary>
    public required JobSpec Job { get; init; }

    /// <summary>When it fires.</summary>
    [JsonIgnore]
    public Timetable Timetable => timetable ??= ScheduleReader.TimetableOf(Request).Timetable
        ?? new Timetable(NeverRule.Instance, DateTimeZone.Utc, null, null, ExcludedDays.None); // its zone has left the database since

    [JsonIgnore]
    public MisfirePolicy Misfire => Request.Misfire ?? MisfirePolicy.Once;

    [JsonIgnore]
    public OverlapPolicy Overlap => Request.Overlap ?? OverlapPolicy.Allow;

    [JsonIgnore]
    public TimeSpan Jitter => Request.Jitter ?? TimeSpan.Zero;

    [JsonIgnore]
    public TimeSpan MisfireAfter => Request.MisfireAfter ?? TimeSpan.FromMinutes(1);

    [JsonIgnore]
    public TimeSpan MisfireWindow => Request.MisfireWindow ?? TimeSpan.FromDays(1);

    /// <summary>Whether two definitions are the same: lists and JSON are compared by what they say.</summary>
    public bool IsSameAs(ScheduleDefinition other) => TextOf(this) == TextOf(other);

    /// <summary>Whether they name the same nominal times, so that what was fired of one was fired of the other.</summary>
    public bool HasTimesOf(ScheduleDefinition other) => TimesOf(Request).Equals(TimesOf(other.Request)) && Request.Exclude.SequenceEqual(other.Request.Exclude);

    private static string TextOf(ScheduleDefinition definition) => JsonSerializer.Serialize(definition, ScheduleJsonContext.Default.ScheduleDefinition);

    private static object TimesOf(ScheduleRequest request) =>
        (request.Cron, request.Every, request.Zone, request.Start, request.End, request.Skipped, request.Repeated);

    private sealed class NeverRule : TimeRule
    {
        public static NeverRule Instance { get; } = new();

        public override DateTimeOffset? Next(DateTimeOffset after) => null;
    }
}
