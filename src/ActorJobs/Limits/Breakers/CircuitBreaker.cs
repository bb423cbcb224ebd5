namespace ActorJobs.Limits.Breakers;

/// <summary>
/// The state of a dependency's breaker, and what changes it. Closed until enough attempts have failed within a window; open for a time; then some probes,
/// the first of which to end decides. Pure: time comes in.
/// </summary>
internal sealed record CircuitBreaker
{
    private const int MaxMarks = 1000; // as many failures as can be asked for

    public static CircuitBreaker New { get; } = new();

    public BreakerStatus Status { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>While open: until when.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>While closed: when attempts failed, oldest first.</summary>
    public IReadOnlyList<DateTimeOffset> Failed { get; init; } = [];

    /// <summary>While half-open: when probes were let through that have not ended.</summary>
    public IReadOnlyList<DateTimeOffset> Probes { get; init; } = [];

    /// <summary>What a moment's outcomes change. What ends while it is open was begun before and says nothing new.</summary>
    public CircuitBreaker Seen(int failures, int successes, BreakerOptions options, DateTimeOffset now) => Status switch
    {
        BreakerStatus.Closed => SeenClosed(failures, options, now),
        BreakerStatus.HalfOpen when failures > 0 => Opened(options, now),
        BreakerStatus.HalfOpen when successes > 0 => New with { Since = now },
        _ => this,
    };

    /// <summary>Lets a probe through, or says when to ask again.</summary>
    public (CircuitBreaker Next, bool IsGranted, TimeSpan RetryAfter) Probe(BreakerOptions options, DateTimeOffset now)
    {
        if (Status == BreakerStatus.Closed)
            return (this, true, TimeSpan.Zero);
        if (Status == BreakerStatus.Open && Until > now)
            return (this, false, Until.Value - now);
        // a probe that was lost, with its node or because its job could not run, gives way after as long as the breaker stays open
        DateTimeOffset[] underWay = [.. Probes.Where(at => now - at < options.OpenFor)];
        if (underWay.Length >= options.Probes)
            return (this, false, underWay[0] + options.OpenFor - now);
        return (this with
        {
            Status = BreakerStatus.HalfOpen,
            Since = Status == BreakerStatus.HalfOpen ? Since : now,
            Until = null,
            Failed = [],
            Probes = [.. underWay, now],
        }, true, TimeSpan.Zero);
    }

    /// <summary>Opened, by failures or by hand.</summary>
    public static CircuitBreaker Opened(BreakerOptions options, DateTimeOffset now) =>
        New with { Status = BreakerStatus.Open, Since = now, Until = now + options.OpenFor };

    /// <summary>The breaker for others to see.</summary>
    public BreakerView View(string name, DateTimeOffset now, TimeSpan window) => new(name, Status, Since, Until, Failed.Count(at => now - at < window));

    private CircuitBreaker SeenClosed(int failures, BreakerOptions options, DateTimeOffset now)
    {
        if (failures == 0)
            return this;
        DateTimeOffset[] failed = [.. Failed.Where(at => now - at < options.Window), .. Enumerable.Repeat(now, Math.Min(failures, MaxMarks))];
        return failed.Length >= options.Failures ? Opened(options, now) : this with { Failed = failed };
    }
}
