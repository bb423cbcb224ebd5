using ActorJobs.Workloads.Scraping.Parsing;
using ActorJobs.Workloads.Scraping.Runs;
using ActorJobs.Workloads.Scraping.Storage;

namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>What a crawl came to.</summary>
/// <param name="Start">What became of the start page; the crawl ends there when it could not be had.</param>
/// <param name="Pages">How many pages were stored.</param>
/// <param name="Errors">The pages that could not be had.</param>
internal sealed record CrawlResult(FetchResult Start, int Pages, IReadOnlyList<RunError> Errors);

/// <summary>How far a crawl is.</summary>
/// <param name="Pages">How many pages were stored.</param>
/// <param name="Visited">How many were tried.</param>
/// <param name="Known">How many are known of so far.</param>
internal sealed record CrawlProgress(int Pages, int Visited, int Known);

/// <summary>Crawls a company's site from its start page: pagination first, then what looks like jobs, within bounds of number and depth.</summary>
internal sealed class CompanyCrawler(PageFetcher fetcher, SitemapReader sitemaps, ScrapingDatabase database, ScrapingOptions options, TimeProvider time)
{
    public async Task<CrawlResult> CrawlAsync(string runId, Uri start, Action<CrawlProgress> report, CancellationToken cancellationToken)
    {
        var crawl = new Crawl(runId, start.AbsoluteUri, new Frontier(options.MaxPagesPerCompany, options.MaxDepth));
        crawl.Frontier.Add(new PageLink(start, LinkKind.Below), depth: 0);
        var first = await VisitAsync(crawl, crawl.Frontier.Take(1)[0], cancellationToken);
        if (first is not FetchResult.Page page)
            return new CrawlResult(first, 0, []);

        foreach (var link in await sitemaps.JobLinksAsync(page.Content.Url, cancellationToken))
            crawl.Frontier.Add(link, depth: 1);
        report(crawl.Progress);
        while (crawl.Frontier.Take(options.HostConcurrency) is { Count: > 0 } batch)
        {
            await Task.WhenAll(batch.Select(visit => VisitAsync(crawl, visit, cancellationToken)));
            report(crawl.Progress);
        }

        return new CrawlResult(first, crawl.Pages, crawl.Errors);
    }

    private async Task<FetchResult> VisitAsync(Crawl crawl, Visit visit, CancellationToken cancellationToken)
    {
        var result = await FetchAsync(visit.Url, cancellationToken);
        if (result is not FetchResult.Page page)
        {
            crawl.Fail(visit.Url, result);
            return result;
        }

        // the first page may redirect to the company's real site; from there the crawl does not leave it
        crawl.Site ??= page.Content.Url;
        if (page.Content.Url.Authority != crawl.Site.Authority)
        {
            crawl.Fail(visit.Url, $"redirects to another site, {page.Content.Url.Authority}");
            return result;
        }

        Store(crawl, visit, page.Content);
        foreach (var link in LinkReader.Read(page.Content.Text, page.Content.Url, crawl.Site))
            crawl.Frontier.Add(link, link.Kind == LinkKind.NextPage ? visit.Depth : visit.Depth + 1);
        return result;
    }

    private async Task<FetchResult> FetchAsync(Uri url, CancellationToken cancellationToken)
    {
        var known = database.Read(connection => PageTable.Validators(connection, url));
        var result = await fetcher.FetchAsync(url, known, cancellationToken);
        if (result is not FetchResult.NotModified)
            return result;
        // the copy may have been pruned in between: then the page is asked for without conditions
        return database.Read(connection => PageTable.Find(connection, url)) is { } copy
            ? new FetchResult.Page(copy)
            : await fetcher.FetchAsync(url, null, cancellationToken);
    }

    private void Store(Crawl crawl, Visit visit, FetchedPage page)
    {
        database.Write(connection =>
        {
            PageTable.Save(connection, visit.Url, page, time.GetUtcNow());
            PageTable.Attach(connection, crawl.RunId, crawl.Company, visit.Position, visit.Url, time.GetUtcNow());
        });
        crawl.CountPage();
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

        public void CountPage() => Interlocked.Increment(ref pages);

        public void Fail(Uri url, FetchResult result) => Fail(url, result switch
        {
            FetchResult.Permanent permanent => $"{permanent.Code}: {permanent.Detail}",
            FetchResult.Transient transient => $"{transient.Code}: {transient.Detail}",
            _ => result.ToString(),
        });

        public void Fail(Uri url, string problem)
        {
            lock (guard)
                errors.Add(new RunError(url.AbsoluteUri, problem));
        }
    }
}
