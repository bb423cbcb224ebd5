namespace ActorJobs;

/// <summary>What a schedule is to be. Exactly one of <see cref="Cron"/> and <see cref="Every"/>.</summary>
public sealed record ScheduleRequest
{
    /// <summary>Five fields as in crontab (minute, hour, day, month, weekday with Sunday 0 or 7) or six as in Quartz (second first, Sunday 1).</summary>
    public string? Cron { get; init; }

    /// <summary>An interval of whole seconds, 1 second to 366 days, counted from <see cref="Start"/>, else from 1970-01-01T00:00:00Z.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>The IANA zone in which cron and excluded days are read, for instance <c>Europe/Berlin</c>. Default: UTC.</summary>
    public string? Zone { get; init; }

    /// <summary>The job each firing makes. Its id is the schedule's and the nominal time; it has no unique key and no time of its own.</summary>
    public required JobRequest Job { get; init; }

    /// <summary>What becomes of times that were missed. Default: <see cref="MisfirePolicy.Once"/>.</summary>
    public MisfirePolicy? Misfire { get; init; }

    /// <summary>With <see cref="MisfirePolicy.All"/>: how far back missed times fire. 1 second to 31 days. Default: 1 day.</summary>
    public TimeSpan? MisfireWindow { get; init; }

    /// <summary>How late a firing may be and count as on time. 1 second to 1 day. Default: 1 minute.</summary>
    public TimeSpan? MisfireAfter { get; init; }

    /// <summary>What happens while an earlier job has not ended. Default: <see cref="OverlapPolicy.Allow"/>.</summary>
    public OverlapPolicy? Overlap { get; init; }

    /// <summary>Each firing is delayed by less than this, always by the same for the same nominal time. 0 to 1 day. Default: 0.</summary>
    public TimeSpan? Jitter { get; init; }

    /// <summary>No nominal time before this instant. Default: none.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>No nominal time after this instant. Default: none.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>
    /// Days without firings, at most 366 entries: weekdays (<c>Saturday</c>), dates (<c>2026-12-25</c>), dates of every year (<c>--12-25</c>), ranges
    /// (<c>2026-12-24/2027-01-02</c>).
    /// </summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>What becomes of times that clocks skip. Default: see <see cref="SkippedTime"/>.</summary>
    public SkippedTime? Skipped { get; init; }

    /// <summary>What becomes of times that come twice. Default: see <see cref="RepeatedTime"/>.</summary>
    public RepeatedTime? Repeated { get; init; }

    /// <summary>Whether it is paused. Null leaves it as it is; a new schedule is not.</summary>
    public bool? Paused { get; init; }

    /// <summary>What it is for, up to 500 characters.</summary>
    public string? Description { get; init; }
}
