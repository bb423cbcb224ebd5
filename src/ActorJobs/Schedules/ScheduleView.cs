namespace ActorJobs;

/// <summary>A schedule as it is.</summary>
public sealed record ScheduleView
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What it was asked to be.</summary>
    public required ScheduleRequest Request { get; init; }

    /// <summary>Who says what it is.</summary>
    public ScheduleSource Source { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it became what it is.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Since when it is paused; null when it is not.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Why it is paused, if somebody said so.</summary>
    public string? PauseReason { get; init; }

    /// <summary>The next ten firings, as they would be if it were not paused; one in lists.</summary>
    public IReadOnlyList<NextFiring> NextFirings { get; init; } = [];

    /// <summary>Firings whose jobs have not ended, oldest first.</summary>
    public IReadOnlyList<FiringView> Running { get; init; } = [];

    /// <summary>A firing that waits for the end of those.</summary>
    public FiringView? Buffered { get; init; }

    /// <summary>What became of the last 50, newest first; five in lists.</summary>
    public IReadOnlyList<FiringView> Recent { get; init; } = [];

    /// <summary>The backfill under way.</summary>
    public BackfillView? Backfill { get; init; }

    /// <summary>How many jobs it has made.</summary>
    public long Fired { get; init; }

    /// <summary>How many firings overlap has cost.</summary>
    public long Skipped { get; init; }

    /// <summary>How many firings were missed.</summary>
    public long Missed { get; init; }
}

/// <summary>A firing to come.</summary>
/// <param name="Nominal">The time it is for.</param>
/// <param name="At">When it happens: the nominal time and its jitter.</param>
/// <param name="Local">The nominal time in the schedule's zone.</param>
public sealed record NextFiring(DateTimeOffset Nominal, DateTimeOffset At, DateTimeOffset Local);

/// <summary>A firing, or several in a row that did not happen.</summary>
/// <param name="Job">Its job; null when there was none.</param>
/// <param name="Nominal">The time it is for; the first of several.</param>
/// <param name="Origin">Why it happened.</param>
/// <param name="At">When it was decided.</param>
public sealed record FiringView(JobId? Job, DateTimeOffset Nominal, FiringOrigin Origin, DateTimeOffset At)
{
    /// <summary>How it ended; null while its job has not.</summary>
    public FiringOutcome? Outcome { get; init; }

    /// <summary>When its end became known.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why, where the outcome does not say it.</summary>
    public string? Detail { get; init; }

    /// <summary>How many in a row.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The nominal time of the last of several.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>A backfill under way.</summary>
/// <param name="From">The first instant asked for.</param>
/// <param name="To">The last.</param>
/// <param name="Remaining">How many firings are to come.</param>
/// <param name="PerMinute">How many a minute.</param>
public sealed record BackfillView(DateTimeOffset From, DateTimeOffset To, int Remaining, int PerMinute);

/// <summary>A page of schedules.</summary>
/// <param name="Items">Schedules by their ids.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record SchedulePage(IReadOnlyList<ScheduleView> Items, string? Next);
