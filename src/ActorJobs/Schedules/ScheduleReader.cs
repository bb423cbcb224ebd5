using ActorJobs.Jobs;
using NodaTime;

namespace ActorJobs.Schedules;

/// <summary>Checks a request and turns it into a definition with every default filled in.</summary>
internal sealed class ScheduleReader(JobRequestReader jobs)
{
    /// <summary>The code of a problem that only time has made.</summary>
    public const string NeverFires = "never-fires";

    private const int MaxExcluded = 366;
    private const int MaxDescription = 500;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The definition, or what is wrong with the request.</summary>
    public (ScheduleDefinition? Definition, JobProblem? Problem) Read(ScheduleRequest request, DateTimeOffset now)
    {
        if (ProblemOf(request) is { } problem)
            return (null, problem);
        var (timetable, wrong) = TimetableOf(request);
        if (timetable is null)
            return (null, wrong);
        if (timetable.Next(now) is null)
            return (null, new(NeverFires, "No time is to come: the rule, 'start', 'end' and 'exclude' together name none.", request.Cron is null ? "every" : "cron"));
        var (spec, jobProblem) = jobs.Read(request.Job);
        return spec is null
            ? (null, jobProblem! with { Field = $"job.{jobProblem.Field}" })
            : (new ScheduleDefinition { Request = request with { Paused = null }, Job = spec with { Args = RawJson.Null } }, null);
    }

    /// <summary>When a request fires, or which of its fields says what cannot be.</summary>
    public static (Timetable? Timetable, JobProblem? Problem) TimetableOf(ScheduleRequest request)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(request.Zone ?? "UTC") is not { } zone)
            return (null, Invalid("zone", $"an IANA zone such as Europe/Berlin; '{request.Zone}' is none"));
        var (excluded, unreadable) = ExcludedDays.Parse(request.Exclude);
        if (excluded is null)
            return (null, Invalid("exclude", $"{ExcludedDays.Allowed}; '{unreadable}' is none"));
        if (request.Every is { } every)
            return (new Timetable(new IntervalRule(request.Start ?? DateTimeOffset.UnixEpoch, every), zone, request.Start, request.End, excluded), null);
        var (cron, problem) = WallCron.Parse(request.Cron ?? "");
        if (cron is null)
            return (null, new("invalid-cron", $"'{request.Cron}' is no cron expression: {problem}", "cron"));
        var skipped = request.Skipped ?? (cron.IsEveryHour ? SkippedTime.Skip : SkippedTime.Next);
        var repeated = request.Repeated ?? (cron.IsEveryHour ? RepeatedTime.Both : RepeatedTime.First);
        return (new Timetable(new ZonedCron(cron, zone, skipped, repeated), zone, request.Start, request.End, excluded), null);
    }

    private static JobProblem? ProblemOf(ScheduleRequest request) =>
        (request.Cron is null) == (request.Every is null) ? new("contradiction", "Give either 'cron' or 'every'.", request.Cron is null ? "cron" : "every")
        : request.Every is { } every && (every < Second || every > TimeSpan.FromDays(366) || every.Ticks % TimeSpan.TicksPerSecond != 0)
            ? Invalid("every", "whole seconds, PT1S to P366D")
        : request.Every is not null && request.Skipped is not null ? Invalid("skipped", "only with 'cron': an interval is elapsed time")
        : request.Every is not null && request.Repeated is not null ? Invalid("repeated", "only with 'cron': an interval is elapsed time")
        : request.Start is { } start && start.Ticks % TimeSpan.TicksPerSecond != 0 ? Invalid("start", "an instant of whole seconds")
        : request.Start > request.End ? Invalid("end", "an instant not before 'start'")
        : request.Exclude.Count > MaxExcluded ? Invalid("exclude", $"at most {MaxExcluded} entries")
        : IsOutside(request.Jitter, TimeSpan.Zero, Day) ? Invalid("jitter", "PT0S to P1D")
        : IsOutside(request.MisfireAfter, Second, Day) ? Invalid("misfireAfter", "PT1S to P1D")
        : IsOutside(request.MisfireWindow, Second, TimeSpan.FromDays(31)) ? Invalid("misfireWindow", "PT1S to P31D")
        : request.MisfireWindow is not null && request.Misfire != MisfirePolicy.All ? Invalid("misfireWindow", "only with the misfire policy 'all'")
        : request.Misfire is { } misfire && !Enum.IsDefined(misfire) ? Invalid("misfire", "skip, once, all")
        : request.Overlap is { } overlap && !Enum.IsDefined(overlap) ? Invalid("overlap", "allow, skip, bufferOne, cancelOther")
        : request.Description is { Length: > MaxDescription } ? Invalid("description", $"up to {MaxDescription} characters")
        : JobProblemOf(request.Job);

    private static JobProblem? JobProblemOf(JobRequest job)
    {
        var own = job.Id is not null ? "id" : job.ParentId is not null ? "parentId" : job.RunAt is not null ? "runAt" : job.StartBy is not null ? "startBy" : null;
        return own is not null ? new("invalid-field", $"A firing's job gets its '{own}' from the schedule, or none.", $"job.{own}")
            : job.Unique is not null ? new("invalid-field", "A firing's job has no unique key: 'overlap' says what happens while an earlier one has not ended.", "job.unique")
            : null;
    }

    private static bool IsOutside(TimeSpan? duration, TimeSpan least, TimeSpan most) => duration is { } value && (value < least || value > most);

    private static JobProblem Invalid(string field, string allowed) => new("invalid-field", $"'{field}' is not valid; allowed: {allowed}.", field);
}
