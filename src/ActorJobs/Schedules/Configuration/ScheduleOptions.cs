namespace ActorJobs.Schedules;

/// <summary>The schedules that stand in the configuration: <c>ActorJobs:Schedules:{name}</c>.</summary>
internal sealed class ScheduleOptions
{
    /// <summary>Schedules by name. Default: none.</summary>
    public IDictionary<string, ScheduleSettings> Schedules { get; } = new Dictionary<string, ScheduleSettings>(StringComparer.Ordinal);
}

/// <summary>One of them; what is not said is as in <see cref="ScheduleRequest"/>.</summary>
[ClosedSettings]
internal sealed class ScheduleSettings
{
    public string? Cron { get; set; }

    public TimeSpan? Every { get; set; }

    public string? Zone { get; set; }

    public ScheduleJobSettings Job { get; set; } = new();

    public MisfirePolicy? Misfire { get; set; }

    public TimeSpan? MisfireWindow { get; set; }

    public TimeSpan? MisfireAfter { get; set; }

    public OverlapPolicy? Overlap { get; set; }

    public TimeSpan? Jitter { get; set; }

    public DateTimeOffset? Start { get; set; }

    public DateTimeOffset? End { get; set; }

    public IList<string> Exclude { get; } = [];

    public SkippedTime? Skipped { get; set; }

    public RepeatedTime? Repeated { get; set; }

    public bool? Paused { get; set; }

    public string? Description { get; set; }

    public ScheduleRequest ToRequest() => new()
    {
        Cron = Cron,
        Every = Every,
        Zone = Zone,
        Job = Job.ToRequest(),
        Misfire = Misfire,
        MisfireWindow = MisfireWindow,
        MisfireAfter = MisfireAfter,
        Overlap = Overlap,
        Jitter = Jitter,
        Start = Start,
        End = End,
        Exclude = [.. Exclude],
        Skipped = Skipped,
        Repeated = Repeated,
        Paused = Paused,
        Description = Description,
    };
}

/// <summary>The job of a configured schedule.</summary>
[ClosedSettings]
internal sealed class ScheduleJobSettings
{
    public string? Kind { get; set; }

    public RawJson Args { get; set; }

    public string? Queue { get; set; }

    public int? Priority { get; set; }

    public int? MaxAttempts { get; set; }

    public Backoff? Backoff { get; set; }

    public TimeSpan? Timeout { get; set; }

    public TimeSpan? Retention { get; set; }

    public string? ConcurrencyKey { get; set; }

    public string? Tenant { get; set; }

    public IList<string> Tags { get; } = [];

    public JobRequest ToRequest() => new()
    {
        Kind = Kind ?? "",
        Args = Args,
        Queue = Queue,
        Priority = Priority,
        MaxAttempts = MaxAttempts,
        Backoff = Backoff,
        Timeout = Timeout,
        Retention = Retention,
        ConcurrencyKey = ConcurrencyKey,
        Tenant = Tenant,
        Tags = [.. Tags],
    };
}
