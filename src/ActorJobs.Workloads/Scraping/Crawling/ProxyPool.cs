namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>A proxy, and how it has been doing.</summary>
internal sealed class ProxyRoute(Uri address)
{
    public Uri Address => address;

    /// <summary>Failures in a row. Guarded by the pool.</summary>
    public int Failures { get; set; }

    /// <summary>When it is tried again. Guarded by the pool.</summary>
    public DateTimeOffset RestsUntil { get; set; }
}

/// <summary>Takes proxies in turn and lets those rest that fail. There is always one to try: a rest is a preference, not a ban.</summary>
internal sealed class ProxyPool(IEnumerable<Uri> addresses, TimeSpan rest, TimeProvider time)
{
    private const int PatienceFailures = 3;
    private const int MaxDoublings = 5;
    private readonly Lock guard = new();
    private readonly ProxyRoute[] routes = [.. addresses.Select(address => new ProxyRoute(address))];
    private int turn;

    public IReadOnlyList<ProxyRoute> All => routes;

    /// <summary>The proxies in the order to try them: the rested ones beginning with whose turn it is, then those that rest, the earliest back first.</summary>
    public IReadOnlyList<ProxyRoute> Next()
    {
        lock (guard)
        {
            var now = time.GetUtcNow();
            var first = turn = (turn + 1) % routes.Length;
            return [.. routes.Select((route, index) => (Route: route, Turn: (index - first + routes.Length) % routes.Length))
                .OrderBy(entry => entry.Route.RestsUntil > now ? entry.Route.RestsUntil : DateTimeOffset.MinValue).ThenBy(entry => entry.Turn)
                .Select(entry => entry.Route)];
        }
    }

    public void Note(ProxyRoute route, bool works)
    {
        lock (guard)
        {
            route.Failures = works ? 0 : route.Failures + 1;
            if (works)
                route.RestsUntil = default;
            else if (route.Failures >= PatienceFailures)
                route.RestsUntil = time.GetUtcNow() + (rest * (1 << Math.Min(route.Failures - PatienceFailures, MaxDoublings)));
        }
    }
}
