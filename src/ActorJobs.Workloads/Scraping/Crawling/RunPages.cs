using ActorJobs.Workloads.Scraping.Storage;

namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>A page as part of a company's run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Company">The company's start URL.</param>
/// <param name="Url">The page.</param>
/// <param name="Position">Its place among the company's pages.</param>
/// <param name="Kind">What it is fetched as.</param>
/// <param name="Modified">When it last changed, as far as a sitemap tells.</param>
internal sealed record RunPage(string RunId, string Company, Uri Url, int Position, PageKind Kind = PageKind.Page, DateTimeOffset? Modified = null);

/// <summary>
/// The pages of a run: what the run has already is not fetched again, whatever became of the process in between; what an earlier run has is asked for
/// conditionally, or not at all when the site's sitemap says that it is as it was.
/// </summary>
internal sealed class RunPages(PageFetcher fetcher, ScrapingDatabase database, TimeProvider time)
{
    public Task<FetchResult> GetAsync(RunPage page, CancellationToken cancellationToken) => GetAsync(page, _ => true, cancellationToken);

    /// <summary>As the run has it, or from the site. A redirect is followed only when <paramref name="mayFollow"/> says so.</summary>
    public async Task<FetchResult> GetAsync(RunPage page, Func<Uri, bool> mayFollow, CancellationToken cancellationToken)
    {
        var (failure, copy, validators) = database.Read(connection => (
            RunFailureTable.Find(connection, page),
            PageTable.IsAttached(connection, page) || PageTable.IsNewerThan(connection, page.Url, page.Modified) ? PageTable.Find(connection, page.Url) : null,
            PageTable.Validators(connection, page.Url)));
        if (failure is not null)
            return failure;
        if (copy is not null)
            return new FetchResult.Page(copy);
        var result = await fetcher.FetchAsync(page.Url, validators, page.Kind, mayFollow, cancellationToken);
        if (result is not FetchResult.NotModified)
            return result;
        // the copy may have been pruned in between: then the page is asked for without conditions
        return database.Read(connection => PageTable.Find(connection, page.Url)) is { } known
            ? new FetchResult.Page(known)
            : await fetcher.FetchAsync(page.Url, null, page.Kind, mayFollow, cancellationToken);
    }

    /// <summary>Keeps a page as one of the run's.</summary>
    public void Keep(RunPage page, FetchedPage content)
    {
        database.Write(connection =>
        {
            if (PageTable.IsAttached(connection, page))
                return;
            RunTable.Begin(connection, page.RunId, time.GetUtcNow());
            PageTable.Save(connection, page.Url, content, time.GetUtcNow());
            PageTable.Attach(connection, page);
        });
    }

    /// <summary>Notes that a page cannot be had, so that a repeated attempt does not try again.</summary>
    public void Fail(RunPage page, FetchResult.Permanent failure) => database.Write(connection =>
    {
        RunTable.Begin(connection, page.RunId, time.GetUtcNow());
        RunFailureTable.Save(connection, page, failure);
    });
}
