using ActorJobs.Queues;

namespace ActorJobs.Limits;

/// <summary>
/// What a fetcher does about a queue with limits: gathers picks, asks the queue's arbiter for their permits, one ask at a time, and knows until when it is
/// pointless to ask for the queue, a key or a tenant. Used in the fetcher's turns.
/// </summary>
/// <param name="queue">The queue.</param>
/// <param name="tenants">The tenants' settings.</param>
internal sealed class QueueGate(string queue, TenantTable tenants)
{
    private const int MaxWishes = 256;
    private static readonly TimeSpan RestFor = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2); // then it is asked again without having been told

    private readonly Dictionary<LimitScope, (DateTimeOffset Until, bool IsTimed)> parked = [];
    private readonly Dictionary<string, int> gatheredOfKey = new(StringComparer.Ordinal);
    private List<GatedPick> gathered = [];
    private List<QueuePick> resting = []; // asked for while an earlier attempt's permit was still out
    private DateTimeOffset restUntil;
    private int most = 16; // wishes in an ask: more while all are granted, fewer when the queue's own limit refuses some

    public string Queue => queue;

    /// <summary>What bounds the queue, as this node has it.</summary>
    public QueueLimits Limits { get; set; } = QueueLimits.None;

    /// <summary>The ask under way.</summary>
    public PermitRequest? Asking { get; private set; }

    /// <summary>How many available jobs wait for this gate in memory, at least: those refused when they were last asked for.</summary>
    public int Refused { get; private set; }

    /// <summary>Which limits hold it, its keys and its tenants.</summary>
    public bool IsHolding => parked.Count > 0;

    /// <summary>Whether jobs are on their way through it.</summary>
    public bool IsBusy => Asking is not null || gathered.Count > 0 || resting.Count > 0;

    /// <summary>Whether a job of the queue may be picked at all.</summary>
    public bool IsOpen => Asking is null && gathered.Count < most && !parked.ContainsKey(LimitScope.Queue);

    /// <summary>When something parked should be asked for again; null when nothing is.</summary>
    public DateTimeOffset? NextLook
    {
        get
        {
            var rested = resting.Count > 0 ? restUntil : (DateTimeOffset?)null;
            if (parked.Count == 0)
                return rested;
            var due = parked.Values.Min(until => until.Until);
            return rested < due ? rested : due;
        }
    }

    /// <summary>For when the next look is already arranged.</summary>
    public DateTimeOffset? ArrangedLook { get; set; }

    /// <summary>Other limits hold from now on, so what the former ones refused is asked for again.</summary>
    public void Change(QueueLimits limits)
    {
        Limits = limits;
        parked.Clear();
    }

    /// <summary>Whether a job of the queue needs a permit.</summary>
    public bool Needs(in JobTicket ticket) =>
        Limits.Rate is not null || Limits.Concurrency is not null
        || (ticket.Key is not null && (Limits.KeyRate is not null || Limits.KeyConcurrency is not null))
        || tenants.RunningOf(ticket.Tenant) is not null;

    /// <summary>Whether there is no point in picking a job with this ticket now.</summary>
    public bool Holds(in JobTicket ticket) =>
        (ticket.Key is { } key && (parked.ContainsKey(LimitScope.Key(key)) || gatheredOfKey.GetValueOrDefault(key) >= MostOfKey))
        || (ticket.Tenant is { } tenant && parked.ContainsKey(LimitScope.Tenant(tenant)));

    public void Gather(FetcherPool pool, in QueuePick pick, in JobTicket ticket)
    {
        gathered.Add(new GatedPick(pool, pick, new PermitWish(pick.Entry.Key.Id, ticket.Key, ticket.Tenant, tenants.RunningOf(ticket.Tenant))));
        if (ticket.Key is { } key)
            gatheredOfKey[key] = gatheredOfKey.GetValueOrDefault(key) + 1;
    }

    /// <summary>The ask to send now, or null.</summary>
    public PermitRequest? Ask(Func<IReadOnlyList<GatedPick>, PermitRequest> make)
    {
        if (Asking is not null || gathered.Count == 0)
            return null;
        Asking = make(gathered);
        gathered = [];
        return Asking;
    }

    /// <summary>Takes in the answer to the ask under way: what was refused goes to <paramref name="putBack"/>, now or when it may be asked for again.</summary>
    public void Answered(PermitsAnswer? answer, DateTimeOffset now, Action<QueuePick> putBack)
    {
        var picks = Asking!.Picks;
        Asking = null;
        gatheredOfKey.Clear();
        Refused = 0;
        if (answer is null)
            Park(LimitScope.Queue, now + Patience, isTimed: true);
        for (var i = 0; i < picks.Count; i++)
        {
            if (answer?.Replies[i] is { Number: > 0 })
                continue;
            if (answer?.Replies[i] is { } refusal)
                Park(refusal, picks[i].Wish, now);
            Refused++;
            if (answer?.Replies[i].By == LimitKind.EarlierAttempt)
                Rest(picks[i].Pick, now);
            else
                putBack(picks[i].Pick);
        }

        most = parked.ContainsKey(LimitScope.Queue) ? Math.Max(1, picks.Count - Refused) : Math.Min(MaxWishes, most * 2);
    }

    /// <summary>Permits came back: what waited for them may be asked for again. Null for everything whose time has come.</summary>
    public void Wake(PermitsFreed? freed, DateTimeOffset now, Action<QueuePick> putBack)
    {
        if (freed is null)
        {
            foreach (var what in parked.Where(entry => entry.Value.Until <= now).Select(entry => entry.Key).ToArray())
                parked.Remove(what);
        }
        else
        {
            foreach (var what in freed.Keys.Select(LimitScope.Key).Concat(freed.Tenants.Select(LimitScope.Tenant)).Append(LimitScope.Queue))
            {
                if (parked.TryGetValue(what, out var until) && !until.IsTimed)
                    parked.Remove(what);
            }
        }

        foreach (var pick in resting)
            putBack(pick);
        resting = [];
    }

    private void Rest(in QueuePick pick, DateTimeOffset now)
    {
        if (resting.Count == 0)
            restUntil = now + RestFor;
        resting.Add(pick);
    }

    private int MostOfKey => Math.Min(Limits.KeyConcurrency ?? MaxWishes, Limits.KeyRate?.Count ?? MaxWishes);

    private void Park(PermitReply refusal, PermitWish wish, DateTimeOffset now)
    {
        var until = now + (refusal.RetryAfter ?? Patience);
        var isTimed = refusal.RetryAfter is not null;
        switch (refusal.By)
        {
            case LimitKind.Rate or LimitKind.Concurrency:
                Park(LimitScope.Queue, until, isTimed);
                break;
            case LimitKind.KeyRate or LimitKind.KeyConcurrency:
                Park(LimitScope.Key(wish.Key), until, isTimed);
                break;
            case LimitKind.TenantRunning:
                Park(LimitScope.Tenant(wish.Tenant), until, isTimed);
                break;
        }
    }

    private void Park(LimitScope what, DateTimeOffset until, bool isTimed) => parked[what] = (until, isTimed);
}

/// <summary>A job that is to go to a pool once it has its permit.</summary>
internal readonly record struct GatedPick(FetcherPool Pool, QueuePick Pick, PermitWish Wish);
