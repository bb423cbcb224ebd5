namespace ActorJobs.Limits;

/// <summary>
/// An arbiter's books while it decides. A permit counts against the rate from its grant until a window after its start is known. So at any instant the
/// permits granted and not known to be started, and the starts of the last window, are together within the limit; and as each start lies after its
/// grant and before it is known, no window of any position holds more starts than the limit.
/// </summary>
internal sealed class PermitLedger
{
    private const int MaxPermits = 10_000; // of a queue; the state is written whole
    private const int MaxKeys = 10_000;
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(20); // how long who was refused is told of permits that come back

    private readonly Dictionary<long, Permit> permits;
    private readonly Dictionary<string, Permit> byJob;
    private readonly Dictionary<LimitScope, int> running = [];
    private readonly Dictionary<LimitScope, int> starting = []; // permits not known to be started
    private readonly Dictionary<string, RateWindow> keyStarts;
    private readonly Dictionary<string, DateTimeOffset> waiting;
    private readonly DateTimeOffset now;
    private readonly LimitState before;
    private readonly QueueLimits limits;
    private RateWindow starts;
    private long last;
    private bool hasChanged;

    public PermitLedger(LimitState state, QueueLimits limits, DateTimeOffset now)
    {
        (before, this.limits, this.now, last, starts) = (state, limits, now, state.Last, state.Starts);
        permits = state.Permits.ToDictionary(permit => permit.Number);
        byJob = new(StringComparer.Ordinal);
        keyStarts = new(state.KeyStarts, StringComparer.Ordinal);
        waiting = state.Waiting.ToDictionary(waiter => waiter.Asker, waiter => waiter.Until, StringComparer.Ordinal);
        hasChanged = limits != state.Limits;
        foreach (var permit in state.Permits)
            Count(permit, 1);
    }

    /// <summary>The books after the decision; the same state when nothing has changed.</summary>
    public LimitState Close() => !hasChanged ? before : before with
    {
        Last = last,
        Permits = [.. permits.Values],
        Starts = limits.Rate is null ? RateWindow.Empty : starts,
        KeyStarts = limits.KeyRate is { } rate
            ? keyStarts.Where(key => key.Value.FreeAt(rate.Per, now) is not null).ToDictionary(StringComparer.Ordinal)
            : new Dictionary<string, RateWindow>(),
        Limits = limits,
        Waiting = [.. waiting.Where(waiter => waiter.Value > now).Select(waiter => new PermitWaiter(waiter.Key, waiter.Value))],
    };

    public PermitReply Grant(string asker, long ask, PermitWish wish)
    {
        if (byJob.TryGetValue(wish.Job, out var held) && held.Asker == asker && held.Ask == ask)
            return new PermitReply(held.Number, held.Holds);
        if (Refusal(wish, held) is { } refusal)
        {
            if (refusal.RetryAfter is null)
                Wait(asker);
            return refusal;
        }

        var holds = limits.Concurrency is not null || wish.TenantRunning is not null || (limits.KeyConcurrency is not null && wish.Key is not null);
        var permit = new Permit(++last, wish.Job, wish.Key, wish.Tenant, asker, ask, holds, now);
        permits[permit.Number] = permit;
        Count(permit, 1);
        hasChanged = true;
        return new PermitReply(permit.Number, holds);
    }

    /// <summary>The attempt has started: now, as far as is known here.</summary>
    public void Start(long number)
    {
        if (!permits.TryGetValue(number, out var permit) || permit.HasStarted)
            return;
        Take(permit);
        NoteStart(permit);
        if (permit.Holds)
            Put(permit with { HasStarted = true });
    }

    /// <summary>The permit comes back. Whether its attempt ever started may not be known: then it counts as if it had.</summary>
    public void End(long number, bool mayHaveStarted)
    {
        if (!permits.TryGetValue(number, out var permit))
            return;
        Take(permit);
        if (mayHaveStarted && !permit.HasStarted)
            NoteStart(permit);
    }

    public void Drop(string asker, long ask)
    {
        foreach (var permit in permits.Values.Where(permit => permit.Asker == asker && permit.Ask == ask && !permit.HasStarted).ToArray())
            End(permit.Number, mayHaveStarted: false);
    }

    // renewed when half of it is over: who asks again and again costs no write each time
    private void Wait(string asker)
    {
        if (waiting.TryGetValue(asker, out var until) && until - now > Told / 2)
            return;
        waiting[asker] = now + Told;
        hasChanged = true;
    }

    private PermitReply? Refusal(PermitWish wish, Permit? held)
    {
        if (held is not null)
            return Refuse(LimitKind.EarlierAttempt);
        if (limits.Concurrency is { } concurrency && permits.Count >= concurrency)
            return Refuse(LimitKind.Concurrency);
        if (permits.Count >= MaxPermits)
            return Refuse(LimitKind.Concurrency);
        if (limits.Rate is { } rate && WaitFor(rate, starts, starting.GetValueOrDefault(LimitScope.Queue)) is { } wait)
            return Refuse(LimitKind.Rate, wait);
        if (wish.TenantRunning is { } most && running.GetValueOrDefault(LimitScope.Tenant(wish.Tenant)) >= most)
            return Refuse(LimitKind.TenantRunning);
        if (wish.Key is not { } key)
            return null;
        if (limits.KeyConcurrency is { } perKey && running.GetValueOrDefault(LimitScope.Key(key)) >= perKey)
            return Refuse(LimitKind.KeyConcurrency);
        if (limits.KeyRate is not { } keyRate)
            return null;
        if (keyStarts.Count >= MaxKeys && !keyStarts.ContainsKey(key))
            return Refuse(LimitKind.KeyRate, keyRate.Per);
        return WaitFor(keyRate, keyStarts.GetValueOrDefault(key, RateWindow.Empty), starting.GetValueOrDefault(LimitScope.Key(key))) is { } keyWait
            ? Refuse(LimitKind.KeyRate, keyWait)
            : null;
    }

    private static PermitReply Refuse(LimitKind by, TimeSpan? after = null) => new(0, false, by, after);

    private TimeSpan? WaitFor(Rate rate, RateWindow window, int underWay) =>
        window.Used(rate.Per, now) + underWay < rate.Count ? null
        : window.FreeAt(rate.Per, now) is { } at ? at - now
        : rate.Per; // all of it is under way: none of that counts no more before a window has passed

    private void NoteStart(Permit permit)
    {
        if (limits.Rate is { } rate)
            starts = starts.Add(1, rate.Per, now);
        if (limits.KeyRate is { } keyRate && permit.Key is { } key)
            keyStarts[key] = keyStarts.GetValueOrDefault(key, RateWindow.Empty).Add(1, keyRate.Per, now);
    }

    private void Put(Permit permit)
    {
        permits[permit.Number] = permit;
        Count(permit, 1);
    }

    private void Take(Permit permit)
    {
        permits.Remove(permit.Number);
        Count(permit, -1);
        hasChanged = true;
    }

    private void Count(Permit permit, int change)
    {
        if (change > 0)
            byJob[permit.Job] = permit;
        else
            byJob.Remove(permit.Job);
        if (permit.Key is { } key)
            Add(running, LimitScope.Key(key));
        if (permit.Tenant is { } tenant)
            Add(running, LimitScope.Tenant(tenant));
        if (permit.HasStarted)
            return;
        Add(starting, LimitScope.Queue);
        if (permit.Key is { } starts)
            Add(starting, LimitScope.Key(starts));

        void Add(Dictionary<LimitScope, int> counts, LimitScope of) => counts[of] = counts.GetValueOrDefault(of) + change;
    }
}
