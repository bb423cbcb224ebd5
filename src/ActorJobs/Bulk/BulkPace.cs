namespace ActorJobs.Bulk;

/// <summary>
/// Spreads the jobs of a retry over time: each gets an instant of its own, so that no more start in a second than was said. Only the next minute is laid out
/// ahead, so that an outage makes no more than a minute's jobs due at once.
/// </summary>
internal static class BulkPace
{
    /// <summary>How far ahead jobs are given their instants.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromMinutes(1);

    private const int MinPage = 50;
    private const int MaxPage = 500;

    /// <summary>How many jobs are taken at once: about what the horizon holds.</summary>
    public static int PageSize(double? perSecond) =>
        perSecond is { } rate ? (int)Math.Clamp(Math.Ceiling(rate * Horizon.TotalSeconds), MinPage, MaxPage) : MaxPage;

    /// <summary>When the <paramref name="index"/>th job from <paramref name="from"/> on is to run.</summary>
    public static DateTimeOffset At(DateTimeOffset from, int index, double perSecond) =>
        from + TimeSpan.FromTicks((long)Math.Ceiling(index * (TimeSpan.TicksPerSecond / perSecond))); // rounded up: rather late than too many

    /// <summary>How long there is nothing to do, when jobs have been laid out until <paramref name="next"/>; null when more must be.</summary>
    public static TimeSpan? Rest(DateTimeOffset next, DateTimeOffset now) => next - now > Horizon ? next - now - (Horizon / 2) : null;
}
