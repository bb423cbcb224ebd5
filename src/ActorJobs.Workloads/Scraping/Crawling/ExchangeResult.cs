using System.Net.Http.Headers;

namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>One GET.</summary>
/// <param name="Url">What to get.</param>
/// <param name="MaxBytes">The most bytes of the body after decompression.</param>
/// <param name="MayTruncate">Whether a larger body is cut instead of refused.</param>
/// <param name="Known">What is known of the page from before, for a conditional request.</param>
/// <param name="Kind">What is asked for.</param>
internal sealed record PageRequest(Uri Url, int MaxBytes, bool MayTruncate = false, PageValidators? Known = null, PageKind Kind = PageKind.Page);

/// <summary>What a server said about a version of a page (RFC 9110, 8.8).</summary>
internal sealed record PageValidators(string? ETag, DateTimeOffset? LastModified);

/// <summary>What came of one GET, redirects not followed.</summary>
internal abstract record ExchangeResult
{
    private ExchangeResult()
    {
    }

    public sealed record Body(byte[] Bytes, MediaTypeHeaderValue? ContentType, PageValidators Validators) : ExchangeResult;

    public sealed record NotModified : ExchangeResult;

    public sealed record Redirect(Uri Location) : ExchangeResult;

    public sealed record HttpError(int Status, TimeSpan? RetryAfter) : ExchangeResult;

    /// <summary>This will not change by trying again.</summary>
    public sealed record Refused(RefusalReason Reason, string Detail) : ExchangeResult;

    /// <summary>It was the proxy and not the site that failed. Does not leave <see cref="HttpExchange"/>.</summary>
    public sealed record ProxyFailed(string Detail) : ExchangeResult;

    /// <summary>Another try may succeed.</summary>
    public sealed record Unreachable(string Detail) : ExchangeResult;
}

/// <summary>Why a page is not fetched, for good.</summary>
internal enum RefusalReason
{
    Scheme,
    Address,
    Robots,
    OffSite,
    RedirectLoop,
    TooManyRedirects,
    TooLarge,
    ContentType,
    ContentEncoding,
}
