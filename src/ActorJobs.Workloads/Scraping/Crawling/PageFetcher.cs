using System.Globalization;
using System.Net.Http.Headers;
using ActorJobs.Workloads.Scraping.Robots;

namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>Fetches a page as a well-behaved crawler: asks robots.txt of every host on the way, waits its turn, follows redirects within bounds.</summary>
internal sealed class PageFetcher(HttpExchange exchange, RobotsCache robots, HostGate gate, ScrapingOptions options)
{
    public async Task<FetchResult> FetchAsync(Uri url, PageValidators? known, CancellationToken cancellationToken)
    {
        var visited = new HashSet<Uri>();
        for (var current = url; visited.Count <= options.MaxRedirects;)
        {
            if (!visited.Add(current))
                return new FetchResult.Permanent(nameof(RefusalReason.RedirectLoop), $"{current} redirects to itself");
            // the validators belong to the page first asked for, not to where it redirects
            var result = await HopAsync(current, visited.Count == 1 ? known : null, cancellationToken);
            if (result is not ExchangeResult.Redirect redirect)
                return Conclude(current, result);
            current = redirect.Location;
        }

        return new FetchResult.Permanent(
            nameof(RefusalReason.TooManyRedirects), string.Create(CultureInfo.InvariantCulture, $"more than {options.MaxRedirects} redirects"));
    }

    private async Task<ExchangeResult> HopAsync(Uri url, PageValidators? known, CancellationToken cancellationToken)
    {
        // before robots.txt is asked for: there is no robots.txt of ftp: or file:
        if (url.Scheme is not ("http" or "https"))
            return new ExchangeResult.Refused(RefusalReason.Scheme, $"{url.Scheme}: is not fetched");
        var rules = await robots.RulesForAsync(url, cancellationToken);
        if (ReferenceEquals(rules, RobotsRules.DisallowAll))
            return new ExchangeResult.Unreachable("robots.txt cannot be read, so nothing may be fetched (RFC 9309, 2.3.1.4)");
        if (!rules.Allows(url))
            return new ExchangeResult.Refused(RefusalReason.Robots, $"robots.txt forbids {url.PathAndQuery}");
        using var slot = await gate.EnterAsync(url, PauseFor(rules), cancellationToken);
        return await exchange.GetAsync(new PageRequest(url, options.MaxPageBytes, Known: known), cancellationToken);
    }

    private TimeSpan PauseFor(RobotsRules rules)
    {
        var asked = rules.CrawlDelay > options.MaxCrawlDelay ? options.MaxCrawlDelay : rules.CrawlDelay;
        return asked > options.HostDelay ? asked.Value : options.HostDelay;
    }

    private static FetchResult Conclude(Uri url, ExchangeResult result) => result switch
    {
        ExchangeResult.Body body when !IsText(body.ContentType) =>
            new FetchResult.Permanent(nameof(RefusalReason.ContentType), $"{body.ContentType?.MediaType} is not read"),
        ExchangeResult.Body body => new FetchResult.Page(new FetchedPage(url, PageCharset.Decode(body.Bytes, body.ContentType?.CharSet), body.Validators)),
        ExchangeResult.NotModified => new FetchResult.NotModified(url),
        ExchangeResult.Refused refused => new FetchResult.Permanent(refused.Reason.ToString(), refused.Detail),
        ExchangeResult.Unreachable unreachable => new FetchResult.Transient("Unreachable", unreachable.Detail),
        ExchangeResult.HttpError { Status: 408 or 425 or 429 or >= 500 } error =>
            new FetchResult.Transient("HttpError", string.Create(CultureInfo.InvariantCulture, $"HTTP {error.Status}"), error.RetryAfter),
        ExchangeResult.HttpError error =>
            new FetchResult.Permanent("HttpError", string.Create(CultureInfo.InvariantCulture, $"HTTP {error.Status}")),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static bool IsText(MediaTypeHeaderValue? type) =>
        type?.MediaType is null or "text/html" or "application/xhtml+xml" or "application/xml" or "text/xml" or "text/plain";
}
