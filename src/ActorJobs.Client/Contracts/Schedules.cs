namespace ActorJobs.Client;

/// <summary>What a schedule is to be: the body of <c>PUT /api/v1/schedules/{id}</c>. Exactly one of <c>cron</c> and <c>every</c>.</summary>
public record PutSchedule
{
    /// <summary>Five fields as in crontab (minute, hour, day, month, weekday with Sunday 0 or 7) or six as in Quartz (second first, Sunday 1).</summary>
    public string? Cron { get; init; }

    /// <summary>An interval of whole seconds, 1 second to 366 days, counted from <c>start</c>, else from 1970-01-01T00:00:00Z.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>The IANA zone in which cron and excluded days are read. Default: UTC.</summary>
    public string? Zone { get; init; }

    /// <summary>The job each firing makes; without id, unique key and times of its own.</summary>
    public required SubmitJob Job { get; init; }

    /// <summary>What becomes of missed times: <c>skip</c>, <c>once</c> (default) or <c>all</c>.</summary>
    public string? Misfire { get; init; }

    /// <summary>With <c>all</c>: how far back missed times fire, 1 second to 31 days. Default: 1 day.</summary>
    public TimeSpan? MisfireWindow { get; init; }

    /// <summary>How late a firing may be and count as on time, 1 second to 1 day. Default: 1 minute.</summary>
    public TimeSpan? MisfireAfter { get; init; }

    /// <summary>While an earlier job has not ended: <c>allow</c> (default), <c>skip</c>, <c>bufferOne</c> or <c>cancelOther</c>.</summary>
    public string? Overlap { get; init; }

    /// <summary>Each firing is delayed by less than this, 0 to 1 day. Default: 0.</summary>
    public TimeSpan? Jitter { get; init; }

    /// <summary>No nominal time before this instant.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>No nominal time after this instant.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Days without firings: weekdays, dates, dates of every year (<c>--12-25</c>), ranges of dates.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }

    /// <summary>A time that clocks skip: <c>next</c> instant there is, or <c>skip</c>. Default: next where hours are named, else skip.</summary>
    public string? Skipped { get; init; }

    /// <summary>A time that comes twice: <c>first</c> or <c>both</c>. Default: first where hours are named, else both.</summary>
    public string? Repeated { get; init; }

    /// <summary>Whether it is paused. Null leaves it as it is.</summary>
    public bool? Paused { get; init; }

    /// <summary>What it is for, up to 500 characters.</summary>
    public string? Description { get; init; }
}

/// <summary>A schedule as it is.</summary>
public sealed record Schedule : PutSchedule
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Since when it is paused.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Why it is paused, if somebody said so.</summary>
    public string? PauseReason { get; init; }

    /// <summary><c>Api</c> or <c>Configuration</c>.</summary>
    public string Source { get; init; } = "";

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it became what it is.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>The next ten firings; one in lists.</summary>
    public IReadOnlyList<NextFiring> Next { get; init; } = [];

    /// <summary>Firings whose jobs have not ended.</summary>
    public IReadOnlyList<Firing> Running { get; init; } = [];

    /// <summary>A firing that waits for the end of those.</summary>
    public Firing? Buffered { get; init; }

    /// <summary>What became of the last 50, newest first; five in lists.</summary>
    public IReadOnlyList<Firing> Recent { get; init; } = [];

    /// <summary>The backfill under way.</summary>
    public BackfillState? Backfill { get; init; }

    /// <summary>How many jobs it has made.</summary>
    public long Fired { get; init; }

    /// <summary>How many firings overlap has cost.</summary>
    public long SkippedFirings { get; init; }

    /// <summary>How many firings were missed.</summary>
    public long MissedFirings { get; init; }
}

/// <summary>A firing to come.</summary>
/// <param name="Nominal">The time it is for.</param>
/// <param name="At">When it happens: the nominal time and its jitter.</param>
/// <param name="Local">The nominal time in the schedule's zone, RFC 3339 with its offset.</param>
public sealed record NextFiring(DateTimeOffset Nominal, DateTimeOffset At, string Local);

/// <summary>A firing, or several in a row that did not happen.</summary>
public sealed record Firing
{
    /// <summary>Its job; null when there was none.</summary>
    public string? Job { get; init; }

    /// <summary>The time it is for; the first of several.</summary>
    public DateTimeOffset Nominal { get; init; }

    /// <summary><c>Schedule</c>, <c>Trigger</c> or <c>Backfill</c>.</summary>
    public string Origin { get; init; } = "";

    /// <summary>When it was decided.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary><c>Completed</c>, <c>Failed</c>, <c>Cancelled</c>, <c>Expired</c>, <c>Gone</c>, <c>Skipped</c> or <c>Missed</c>; null while its job has not ended.</summary>
    public string? Outcome { get; init; }

    /// <summary>When its end became known.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why, where the outcome does not say it.</summary>
    public string? Detail { get; init; }

    /// <summary>How many in a row.</summary>
    public int Count { get; init; }

    /// <summary>The nominal time of the last of several.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Past times to fire: the body of <c>POST /api/v1/schedules/{id}/backfill</c>.</summary>
/// <param name="From">The first instant.</param>
/// <param name="To">The last instant; it has passed.</param>
/// <param name="PerMinute">How many a minute, 1 to 600. Default: 60.</param>
/// <param name="Reason">Kept in the audit log.</param>
public sealed record Backfill(DateTimeOffset From, DateTimeOffset To, int? PerMinute = null, string? Reason = null);

/// <summary>A backfill under way.</summary>
/// <param name="From">The first instant asked for.</param>
/// <param name="To">The last.</param>
/// <param name="Remaining">How many firings are to come.</param>
/// <param name="PerMinute">How many a minute.</param>
public sealed record BackfillState(DateTimeOffset From, DateTimeOffset To, int Remaining, int PerMinute);

/// <summary>The answer to a trigger or a backfill.</summary>
/// <param name="Id">The schedule.</param>
/// <param name="Job">Of a trigger: the job it makes.</param>
/// <param name="Buffered">Of a trigger: whether the job waits for the end of an earlier one.</param>
/// <param name="Firings">Of a backfill: how many firings it has.</param>
public sealed record ScheduleReceipt(string Id, string? Job, bool Buffered, int Firings);

/// <summary>A page of schedules.</summary>
/// <param name="Items">Schedules by their ids.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record ScheduleList(IReadOnlyList<Schedule> Items, string? Next);
