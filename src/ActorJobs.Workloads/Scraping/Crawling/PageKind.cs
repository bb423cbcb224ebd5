using System.Net.Http.Headers;

namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>What a page is fetched as.</summary>
internal enum PageKind
{
    /// <summary>A page for people.</summary>
    Page,

    /// <summary>A list of addresses (sitemaps.org); it is not read for postings.</summary>
    Sitemap,

    /// <summary>A board's postings as JSON.</summary>
    Feed,
}

/// <summary>What is asked for, taken and refused for each kind of page.</summary>
internal static class PageKinds
{
    public static string Accept(this PageKind kind) => kind switch
    {
        PageKind.Feed => "application/json",
        PageKind.Sitemap => "application/xml, text/xml, application/gzip;q=0.9, text/plain;q=0.5",
        _ => "text/html, application/xhtml+xml, application/xml;q=0.8, text/plain;q=0.5",
    };

    public static bool Takes(this PageKind kind, MediaTypeHeaderValue? type) => (kind, type?.MediaType?.ToLowerInvariant()) switch
    {
        (_, null or "text/plain") => true,
        (PageKind.Feed, var media) => media is "application/json" or "text/json",
        (PageKind.Sitemap, "application/gzip" or "application/x-gzip" or "application/octet-stream") => true,
        (_, var media) => media is "text/html" or "application/xhtml+xml" or "application/xml" or "text/xml",
    };
}
