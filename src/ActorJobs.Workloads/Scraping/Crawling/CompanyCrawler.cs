using ActorJobs.Workloads.Scraping.Boards;
using ActorJobs.Workloads.Scraping.Parsing;
using ActorJobs.Workloads.Scraping.Runs;

namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>What a crawl came to.</summary>
/// <param name="Start">What became of the start page; the crawl ends there when it could not be had.</param>
/// <param name="Pages">How many pages were stored.</param>
/// <param name="Errors">The pages that could not be had.</param>
/// <param name="IsWhole">Whether all pages that were found were seen or are gone for good: then a posting that was not seen is gone.</param>
internal sealed record CrawlResult(FetchResult Start, int Pages, IReadOnlyList<RunError> Errors, bool IsWhole = false);

/// <summary>How far a crawl is.</summary>
/// <param name="Pages">How many pages were stored.</param>
/// <param name="Visited">How many were tried.</param>
/// <param name="Known">How many are known of so far.</param>
internal sealed record CrawlProgress(int Pages, int Visited, int Known);

/// <summary>
/// Crawls a company's site from its start page: the feeds of boards first, then pagination, then what looks like jobs, within bounds of number and depth.
/// </summary>
internal sealed class CompanyCrawler(RunPages pages, SitemapReader sitemaps, BoardCatalog boards, ScrapingOptions options)
{
    // a site that still asks for patience after that is left alone
    private const int MaxReturns = 4;

    // a site that stops answering would cost the time limit of a page for each page that is known
    private const int MaxSilentPages = 10;

    public async Task<CrawlResult> CrawlAsync(string runId, Uri start, Func<CrawlProgress, Task> report, CancellationToken cancellationToken)
    {
        var crawl = new Crawl(runId, start.AbsoluteUri, new Frontier(options.MaxPagesPerCompany, options.MaxDepth));
        crawl.Frontier.Add(boards.FeedOf(start) is { } feed ? new PageLink(feed, LinkKind.Board) : new PageLink(start, LinkKind.Below), depth: 0);
        var first = await VisitAsync(crawl, crawl.Frontier.Take(1)[0], cancellationToken);
        if (first is not FetchResult.Page)
            return new CrawlResult(first, 0, []);

        if (crawl.Site is { } site && boards.FeedOf(site) is null)
        {
            var (links, problems) = await sitemaps.JobLinksAsync(runId, crawl.Company, site, cancellationToken);
            foreach (var link in links)
                crawl.Frontier.Add(link, depth: 1);
            crawl.Note(problems);
        }

        await report(crawl.Progress);
        while (crawl.SilentPages < MaxSilentPages && crawl.Frontier.Take(options.HostConcurrency) is { Count: > 0 } batch)
        {
            await Task.WhenAll(batch.Select(visit => VisitAsync(crawl, visit, cancellationToken)));
            await report(crawl.Progress);
        }

        if (crawl.SilentPages >= MaxSilentPages && crawl.Frontier.Waiting > 0)
            crawl.Note([new RunError(crawl.Company, FormattableString.Invariant($"The site stopped answering: {crawl.Frontier.Waiting} pages were not asked for"))]);
        return new CrawlResult(first, crawl.Pages, crawl.Errors, IsWhole: !crawl.Frontier.IsCutOff && !crawl.HasLostPages);
    }

    private async Task<FetchResult> VisitAsync(Crawl crawl, Visit visit, CancellationToken cancellationToken)
    {
        var kind = visit.Link.IsFeed ? PageKind.Feed : PageKind.Page;
        var page = new RunPage(crawl.RunId, crawl.Company, visit.Url, visit.Position, kind, visit.Link.Modified);
        var result = await pages.GetAsync(page, target => Covers(crawl, visit, target), cancellationToken);
        crawl.Hear(result);
        switch (result)
        {
            // a copy of an earlier run, which began elsewhere
            case FetchResult.Page found when !Covers(crawl, visit, found.Content.Url):
                Fail(crawl, visit, page, new FetchResult.Permanent(nameof(RefusalReason.OffSite), $"redirects to another site, {found.Content.Url.Authority}"));
                break;
            case FetchResult.Page found:
                crawl.Site ??= visit.Link.IsFeed ? null : found.Content.Url;
                Take(crawl, visit, page, found.Content);
                break;
            case FetchResult.Permanent permanent:
                Fail(crawl, visit, page, permanent);
                break;
            // the host's pause has grown meanwhile: the page waits its turn there
            case FetchResult.Transient { IsThrottled: true } transient when visit.Position > 1 && visit.Attempt < MaxReturns && !(transient.RetryAfter > options.MaxHostBackoff):
                crawl.Frontier.Return(visit);
                break;
            case FetchResult.Transient transient:
                crawl.Fail(visit.Url, $"{transient.Code}: {transient.Detail}", isLost: true);
                break;
        }

        return result;
    }

    // the first page may redirect to the company's real site; from there the crawl does not leave it
    private static bool Covers(Crawl crawl, Visit visit, Uri target) =>
        (visit.Link.IsFeed ? visit.Url : crawl.Site) is not { } home || SiteScope.Covers(home, target);

    private void Fail(Crawl crawl, Visit visit, RunPage page, FetchResult.Permanent failure)
    {
        pages.Fail(page, failure);
        crawl.Fail(visit.Url, $"{failure.Code}: {failure.Detail}", isLost: false);
    }

    private void Take(Crawl crawl, Visit visit, RunPage page, FetchedPage content)
    {
        pages.Keep(page, content);
        crawl.CountPage();
        if (visit.Link.IsFeed)
        {
            foreach (var more in boards.Read(content.Text, visit.Url).More)
                crawl.Frontier.Add(new PageLink(more, LinkKind.BoardPart), visit.Depth);
        }
        else if (boards.FeedOf(content.Url) is { } feed)
        {
            // the company's site led to its board: what the board's own pages link to is the vendor's
            crawl.Frontier.Add(new PageLink(feed, LinkKind.Board), visit.Depth);
        }
        else
        {
            foreach (var link in LinkReader.Read(content.Text, content.Url, crawl.Site!, boards))
                crawl.Frontier.Add(link, link.Kind is LinkKind.NextPage or LinkKind.Board ? visit.Depth : visit.Depth + 1);
        }
    }

    // shared by the visits of one batch
    private sealed class Crawl(string runId, string company, Frontier frontier)
    {
        private readonly Lock guard = new();
        private readonly List<RunError> errors = [];
        private int pages;

        public string RunId => runId;

        public string Company => company;

        public Frontier Frontier => frontier;

        // written by the first visit, which is alone
        public Uri? Site { get; set; }

        public int Pages => pages;

        public CrawlProgress Progress => new(pages, frontier.Taken, frontier.Known);

        public IReadOnlyList<RunError> Errors => errors;

        /// <summary>Whether a page could not be had that may be there.</summary>
        public bool HasLostPages { get; private set; }

        /// <summary>How many pages in a row got no answer.</summary>
        public int SilentPages { get; private set; }

        public void Hear(FetchResult result)
        {
            lock (guard)
                SilentPages = result is FetchResult.Transient { IsUnreachable: true } ? SilentPages + 1 : 0;
        }

        public void CountPage() => Interlocked.Increment(ref pages);

        public void Note(IEnumerable<RunError> problems)
        {
            lock (guard)
                errors.AddRange(problems);
        }

        public void Fail(Uri url, string problem, bool isLost)
        {
            lock (guard)
            {
                errors.Add(new RunError(url.AbsoluteUri, problem));
                HasLostPages |= isLost;
            }
        }
    }
}
