using System.Globalization;
using ActorJobs.Workloads.Scraping.Robots;

namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>Fetches a page as a well-behaved crawler: asks robots.txt of every host on the way, waits its turn, follows redirects within bounds.</summary>
internal sealed class PageFetcher(HttpExchange exchange, RobotsCache robots, HostGate gate, ScrapingOptions options)
{
    public Task<FetchResult> FetchAsync(Uri url, PageValidators? known, CancellationToken cancellationToken) =>
        FetchAsync(url, known, PageKind.Page, _ => true, cancellationToken);

    /// <summary>Fetches a page. Where a redirect leads is asked for, its robots.txt included, only when <paramref name="mayFollow"/> says so.</summary>
    public async Task<FetchResult> FetchAsync(Uri url, PageValidators? known, PageKind kind, Func<Uri, bool> mayFollow, CancellationToken cancellationToken)
    {
        var visited = new HashSet<Uri>();
        for (var current = url; visited.Count <= options.MaxRedirects;)
        {
            if (!visited.Add(current))
                return new FetchResult.Permanent(nameof(RefusalReason.RedirectLoop), $"{current} redirects to itself");
            // the validators belong to the page first asked for, not to where it redirects
            var result = await HopAsync(current, visited.Count == 1 ? known : null, kind, cancellationToken);
            if (result is not ExchangeResult.Redirect redirect)
                return await ConcludeAsync(current, kind, result, cancellationToken);
            if (!mayFollow(redirect.Location))
                return new FetchResult.Permanent(nameof(RefusalReason.OffSite), $"redirects to another site, {redirect.Location.Authority}");
            current = redirect.Location;
        }

        return new FetchResult.Permanent(
            nameof(RefusalReason.TooManyRedirects), string.Create(CultureInfo.InvariantCulture, $"more than {options.MaxRedirects} redirects"));
    }

    private async Task<ExchangeResult> HopAsync(Uri url, PageValidators? known, PageKind kind, CancellationToken cancellationToken)
    {
        // before robots.txt is asked for: there is no robots.txt of ftp: or file:
        if (url.Scheme is not ("http" or "https"))
            return new ExchangeResult.Refused(RefusalReason.Scheme, $"{url.Scheme}: is not fetched");
        if (url.UserInfo.Length > 0)
            return new ExchangeResult.Refused(RefusalReason.Scheme, "an address with credentials is not fetched");
        var rules = await robots.RulesForAsync(url, cancellationToken);
        if (ReferenceEquals(rules, RobotsRules.DisallowAll))
            return new ExchangeResult.Unreachable("robots.txt cannot be read, so nothing may be fetched (RFC 9309, 2.3.1.4)");
        if (!rules.Allows(url))
            return new ExchangeResult.Refused(RefusalReason.Robots, $"robots.txt forbids {url.PathAndQuery}");
        using var slot = await gate.EnterAsync(url, PauseFor(rules), cancellationToken);
        var result = await exchange.GetAsync(
            new PageRequest(url, LimitOf(kind), MayTruncate: kind == PageKind.Sitemap, known, kind), cancellationToken);
        gate.Note(url, result);
        return result;
    }

    private TimeSpan PauseFor(RobotsRules rules)
    {
        var asked = rules.CrawlDelay > options.MaxCrawlDelay ? options.MaxCrawlDelay : rules.CrawlDelay;
        return asked > options.HostDelay ? asked.Value : options.HostDelay;
    }

    private int LimitOf(PageKind kind) => kind == PageKind.Page ? options.MaxPageBytes : options.MaxFeedBytes;

    private async ValueTask<FetchResult> ConcludeAsync(Uri url, PageKind kind, ExchangeResult result, CancellationToken cancellationToken)
    {
        // a sitemap may be a gzip file, which is not the same as a body sent with Content-Encoding: gzip (sitemaps.org)
        if (kind == PageKind.Sitemap && result is ExchangeResult.Body { Bytes: [0x1F, 0x8B, ..] } packed && kind.Takes(packed.ContentType))
            result = packed with { Bytes = await ContentCoding.GunzipStartAsync(packed.Bytes, LimitOf(kind), cancellationToken) };
        return Conclude(url, kind, result);
    }

    private static FetchResult Conclude(Uri url, PageKind kind, ExchangeResult result) => result switch
    {
        ExchangeResult.Body body when !kind.Takes(body.ContentType) =>
            new FetchResult.Permanent(nameof(RefusalReason.ContentType), $"{body.ContentType?.MediaType} is not read"),
        ExchangeResult.Body body => new FetchResult.Page(new FetchedPage(url, PageCharset.Decode(body.Bytes, body.ContentType?.CharSet), body.Validators)),
        ExchangeResult.NotModified => new FetchResult.NotModified(url),
        ExchangeResult.Refused refused => new FetchResult.Permanent(refused.Reason.ToString(), refused.Detail),
        ExchangeResult.Unreachable unreachable => new FetchResult.Transient("Unreachable", unreachable.Detail, IsUnreachable: true),
        ExchangeResult.HttpError { Status: 408 or 425 or 429 or >= 500 } error =>
            new FetchResult.Transient("HttpError", string.Create(CultureInfo.InvariantCulture, $"HTTP {error.Status}"), error.RetryAfter, error.Status is 429 or 503),
        ExchangeResult.HttpError error =>
            new FetchResult.Permanent("HttpError", string.Create(CultureInfo.InvariantCulture, $"HTTP {error.Status}")),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
