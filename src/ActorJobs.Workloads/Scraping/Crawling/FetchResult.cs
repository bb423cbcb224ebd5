namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>A page as text.</summary>
/// <param name="Url">Where it was in the end, after redirects.</param>
/// <param name="Text">The decoded body.</param>
/// <param name="Validators">For the next conditional request.</param>
internal sealed record FetchedPage(Uri Url, string Text, PageValidators Validators);

/// <summary>What came of fetching a page, redirects, robots.txt and politeness included.</summary>
internal abstract record FetchResult
{
    private FetchResult()
    {
    }

    public sealed record Page(FetchedPage Content) : FetchResult;

    /// <summary>The page is as it was.</summary>
    public sealed record NotModified(Uri Url) : FetchResult;

    /// <summary>No retry mends it.</summary>
    public sealed record Permanent(string Code, string Detail) : FetchResult;

    /// <summary>A retry may mend it. <paramref name="IsThrottled"/>: the site asked for fewer requests. <paramref name="IsUnreachable"/>: it did not answer at all.</summary>
    public sealed record Transient(string Code, string Detail, TimeSpan? RetryAfter = null, bool IsThrottled = false, bool IsUnreachable = false) : FetchResult;
}
