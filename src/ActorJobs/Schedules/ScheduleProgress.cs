namespace ActorJobs.Schedules;

/// <summary>
/// How far a schedule has come. Replaced as a whole with each step and kept beside the history, which thereby holds what people did and does not grow
/// with every firing.
/// </summary>
internal sealed record ScheduleProgress
{
    /// <summary>How many jobs may be under way at once.</summary>
    public const int MaxLive = 256;

    /// <summary>How many past firings are remembered.</summary>
    public const int MaxRecent = 50;

    public static ScheduleProgress None { get; } = new();

    /// <summary>Every nominal time up to here has been decided about. Never goes back, whatever clocks do: so none fires twice.</summary>
    public DateTimeOffset Handled { get; init; }

    /// <summary>The next nominal time.</summary>
    public DateTimeOffset? Next { get; init; }

    /// <summary>Firings whose jobs have not ended, oldest first.</summary>
    public IReadOnlyList<Firing> Live { get; init; } = [];

    /// <summary>A firing that waits for the end of those.</summary>
    public Firing? Buffered { get; init; }

    /// <summary>What became of the last ones, oldest first.</summary>
    public IReadOnlyList<PastFiring> Recent { get; init; } = [];

    public BackfillRun? Backfill { get; init; }

    public long Fired { get; init; }

    public long Skipped { get; init; }

    public long Missed { get; init; }
}

/// <summary>A firing whose job has not ended.</summary>
/// <param name="Key">The last part of its job's id.</param>
/// <param name="Nominal">The time it is for.</param>
/// <param name="Origin">Why it happened.</param>
/// <param name="At">When it was decided.</param>
internal sealed record Firing(string Key, DateTimeOffset Nominal, FiringOrigin Origin, DateTimeOffset At)
{
    /// <summary>Whether its job is known to be there.</summary>
    public bool Submitted { get; init; }

    /// <summary>Whether its job is to be cancelled for a later firing.</summary>
    public bool Stopping { get; init; }

    /// <summary>Whether its job has been told.</summary>
    public bool StopTold { get; init; }
}

/// <summary>A firing that has ended, or one or several that did not happen.</summary>
/// <param name="Key">The last part of its job's id; null when there was none.</param>
/// <param name="Nominal">The time it was for; the first of several.</param>
/// <param name="Origin">Why it happened.</param>
/// <param name="At">When it was decided.</param>
/// <param name="EndedAt">When its end became known.</param>
/// <param name="Outcome">How it ended.</param>
internal sealed record PastFiring(
    string? Key, DateTimeOffset Nominal, FiringOrigin Origin, DateTimeOffset At, DateTimeOffset EndedAt, FiringOutcome Outcome)
{
    /// <summary>Why, where the outcome does not say it.</summary>
    public string? Detail { get; init; }

    /// <summary>How many in a row, for those that did not happen.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The last of several.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Which of its job's ends this is: a retry by hand brings another.</summary>
    public int Ends { get; init; }
}

/// <summary>Past times that are fired one after another.</summary>
/// <param name="From">The first instant asked for.</param>
/// <param name="To">The last.</param>
/// <param name="Handled">Up to here it is done.</param>
/// <param name="Remaining">How many are to come.</param>
/// <param name="PerMinute">How many a minute.</param>
/// <param name="NextAt">When the next one may fire.</param>
internal sealed record BackfillRun(
    DateTimeOffset From, DateTimeOffset To, DateTimeOffset Handled, int Remaining, int PerMinute, DateTimeOffset NextAt);
