using System.Collections.Concurrent;
using System.Text;
using ActorJobs.Workloads.Scraping.Crawling;

namespace ActorJobs.Workloads.Scraping.Robots;

/// <summary>Fetches each host's <c>robots.txt</c> once and keeps what it says (RFC 9309, 2.3 and 2.4).</summary>
internal sealed class RobotsCache(HttpExchange exchange, HostGate gate, ScrapingOptions options, TimeProvider time)
{
    /// <summary>How long an answer is kept: 2.4 allows up to 24 hours.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>How long an unreachable file counts as "everything is forbidden" before it is asked for again.</summary>
    internal static readonly TimeSpan UnreachableLifetime = TimeSpan.FromMinutes(1);

    private const int MaxEntries = 4_096;
    private const int MaxRedirects = 5;
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the host of <paramref name="url"/> allows.</summary>
    public async ValueTask<RobotsRules> RulesForAsync(Uri url, CancellationToken cancellationToken)
    {
        var origin = url.GetLeftPart(UriPartial.Authority);
        if (entries.TryGetValue(origin, out var entry) && time.GetUtcNow() < entry.Until)
            return entry.Rules;

        // two callers may both ask at first: harmless, and simpler than a lock that must survive a cancelled caller
        var fetched = await FetchAsync(new Uri(origin + "/robots.txt"), cancellationToken);
        MakeRoom();
        // 2.3.1.4: while the file is unreachable an older copy may be used
        var made = fetched is null
            ? new Entry(entry?.Rules ?? RobotsRules.DisallowAll, time.GetUtcNow() + UnreachableLifetime)
            : new Entry(fetched, time.GetUtcNow() + Lifetime);
        entries[origin] = made;
        return made.Rules;
    }

    // null: unreachable
    private async Task<RobotsRules?> FetchAsync(Uri url, CancellationToken cancellationToken)
    {
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            using var slot = await gate.EnterAsync(url, options.HostDelay, cancellationToken);
            switch (await exchange.GetAsync(new PageRequest(url, RobotsParser.MaxBytes, MayTruncate: true), cancellationToken))
            {
                case ExchangeResult.Body body:
                    return RobotsParser.Parse(Encoding.UTF8.GetString(body.Bytes), options.ProductToken);
                case ExchangeResult.Redirect redirect:
                    url = redirect.Location;
                    break;
                // 429 is in the RFC's range of "unavailable", but a site that asks for less should not get more
                case ExchangeResult.HttpError { Status: >= 400 and < 500 and not 429 }:
                    return RobotsRules.AllowAll;
                case ExchangeResult.Refused { Reason: RefusalReason.Address } when hop == 0:
                    // no file can be had there; a page at a refused address is refused with that better reason. One that has moved to where it is
                    // not fetched is there all the same, and counts as unreachable.
                    return RobotsRules.AllowAll;
                default:
                    return null;
            }
        }

        // 2.3.1.2: after five redirects the file may be taken as unavailable
        return RobotsRules.AllowAll;
    }

    private void MakeRoom()
    {
        if (entries.Count < MaxEntries)
            return;
        foreach (var (origin, _) in entries.OrderBy(pair => pair.Value.Until).Take(MaxEntries / 4))
            entries.TryRemove(origin, out _);
    }

    private sealed record Entry(RobotsRules Rules, DateTimeOffset Until);
}
