namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>
/// Keeps the crawl polite across all companies of this node: at most <c>HostConcurrency</c> requests at one host at once, and a pause between their starts,
/// which grows while the host answers 429 or 503 and shrinks again while it does not.
/// </summary>
internal sealed class HostGate(ScrapingOptions options, TimeProvider time)
{
    private const int SweepAbove = 1_024;
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(20);
    private readonly Lock guard = new();

    // guarded by `guard`, as are the fields of its values
    private readonly Dictionary<string, Host> hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits for this request's turn. Dispose the slot when the response is read.</summary>
    public async ValueTask<Slot> EnterAsync(Uri url, TimeSpan delay, CancellationToken cancellationToken)
    {
        var host = Join(url.Authority);
        try
        {
            await host.Slots.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(host, releasesSlot: false);
            throw;
        }

        try
        {
            var wait = Reserve(host, delay);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken);
            return new Slot(this, host);
        }
        catch
        {
            Leave(host, releasesSlot: true);
            throw;
        }
    }

    /// <summary>Learns the host's pace from its answer: refusals double the pause, and no request starts before <c>Retry-After</c>; answers halve it.</summary>
    public void Note(Uri url, ExchangeResult result)
    {
        lock (guard)
        {
            if (!hosts.TryGetValue(url.Authority, out var host))
                return;
            if (result is ExchangeResult.HttpError { Status: 429 or 503 } refusal)
            {
                host.Pause = Min(host.Pause == TimeSpan.Zero ? options.HostBackoff : host.Pause * 2, options.MaxHostBackoff);
                var wait = refusal.RetryAfter > host.Pause ? Min(refusal.RetryAfter.Value, options.MaxHostBackoff) : host.Pause;
                var start = time.GetUtcNow() + wait;
                host.NextStart = start > host.NextStart ? start : host.NextStart;
            }
            else if (result is ExchangeResult.Body or ExchangeResult.NotModified)
            {
                host.Pause = host.Pause < MinPause ? TimeSpan.Zero : host.Pause / 2;
            }
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    internal int HostCount
    {
        get
        {
            lock (guard)
                return hosts.Count;
        }
    }

    private Host Join(string authority)
    {
        lock (guard)
        {
            if (hosts.Count > SweepAbove)
                Sweep();
            if (!hosts.TryGetValue(authority, out var host))
                hosts[authority] = host = new Host(authority, options.HostConcurrency);
            host.Users++;
            return host;
        }
    }

    private TimeSpan Reserve(Host host, TimeSpan delay)
    {
        lock (guard)
        {
            var now = time.GetUtcNow();
            var start = host.NextStart > now ? host.NextStart : now;
            host.NextStart = start + (delay > host.Pause ? delay : host.Pause);
            return start - now;
        }
    }

    private void Leave(Host host, bool releasesSlot)
    {
        if (releasesSlot)
            host.Slots.Release();
        lock (guard)
            host.Users--;
    }

    // a host is forgotten only when its pause is over, else forgetting it would let the next request through too early
    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var host in hosts.Values.Where(host => host.Users == 0 && host.NextStart <= now).ToList())
        {
            hosts.Remove(host.Authority);
            host.Slots.Dispose();
        }
    }

    /// <summary>The right to one request.</summary>
    internal sealed class Slot(HostGate gate, Host host) : IDisposable
    {
        public void Dispose() => gate.Leave(host, releasesSlot: true);
    }

    internal sealed class Host(string authority, int concurrency)
    {
        public string Authority => authority;

        public SemaphoreSlim Slots { get; } = new(concurrency, concurrency);

        public int Users { get; set; }

        public DateTimeOffset NextStart { get; set; }

        /// <summary>The pause learnt from refusals.</summary>
        public TimeSpan Pause { get; set; }
    }
}
