using System.Text.RegularExpressions;
using ActorJobs.Workloads.Scraping.Boards;
using ActorJobs.Workloads.Scraping.Crawling;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>A link worth following.</summary>
/// <param name="Target">Where to, canonical.</param>
/// <param name="Kind">What it seems to lead to.</param>
/// <param name="Modified">When that last changed, as far as a sitemap tells.</param>
internal sealed record PageLink(Uri Target, LinkKind Kind, DateTimeOffset? Modified = null)
{
    /// <summary>Whether it leads to a board's answer and not to a page.</summary>
    public bool IsFeed => Kind is LinkKind.Board or LinkKind.BoardPart;
}

/// <summary>What a link seems to lead to; the order is the order of following.</summary>
internal enum LinkKind
{
    /// <summary>The postings of a board.</summary>
    Board,

    /// <summary>A further answer of a board: the next part of its list, or one posting of it.</summary>
    BoardPart,

    /// <summary>The next page of the same list.</summary>
    NextPage,

    /// <summary>A posting or a list of postings.</summary>
    Job,

    /// <summary>A page below the one the crawl began at.</summary>
    Below,
}

/// <summary>Finds the links of a page that may lead to postings of the same site.</summary>
internal static partial class LinkReader
{
    private const int MaxLinks = 2_000;

    public static IReadOnlyList<PageLink> Read(string html, Uri url, Uri start, BoardCatalog? boards = null)
    {
        if (NestingLimit.IsExceeded(html))
            return [];
        using var document = new HtmlParser().ParseDocument(html);
        var page = new PageContext(document, url);
        if (document.QuerySelector("meta[name='robots' i][content*='nofollow' i]") is not null)
            return [];
        var links = document.QuerySelectorAll("a[href], link[rel~='next' i][href], iframe[src], script[src]").Take(MaxLinks)
            // back leads to where the crawl was already
            .Where(element => !Words(element.GetAttribute("rel")).Any(word => word.ToLowerInvariant() is "nofollow" or "prev"))
            .Select(element => BoardOf(element, page, boards) ?? Classify(element, page, start))
            .OfType<PageLink>();
        return [.. links.GroupBy(link => link.Target).Select(same => same.MinBy(link => link.Kind)!).OrderBy(link => link.Kind)];
    }

    /// <summary>Whether an address of the site that began at <paramref name="start"/> looks like a posting or a list of them.</summary>
    public static bool IsJob(Uri target, Uri start) =>
        JobPath().IsMatch(target.AbsolutePath) && !NotPages().IsMatch(target.AbsolutePath) && SharesSection(target, start);

    private static PageLink? BoardOf(IElement element, PageContext page, BoardCatalog? boards) =>
        boards is not null && page.Resolve(element.GetAttribute("href") ?? element.GetAttribute("src")) is { } target && boards.FeedOf(target) is { } feed
            ? new PageLink(feed, LinkKind.Board)
            : null;

    private static PageLink? Classify(IElement element, PageContext page, Uri start)
    {
        // the company's own site only: same host and port, whichever way the scheme goes, and its careers hosts
        if (page.Link(element) is not { } raw || !SiteScope.Covers(start, raw))
            return null;
        var target = CanonicalUrl.Of(raw);
        if (target == CanonicalUrl.Of(page.Url) || NotPages().IsMatch(target.AbsolutePath))
            return null;
        if (IsNextPage(element, target, page.Url))
            return new PageLink(target, LinkKind.NextPage);
        if (SiteScope.IsCareersHost(start, target))
            return new PageLink(target, JobPath().IsMatch(target.AbsolutePath) ? LinkKind.Job : LinkKind.Below);
        if (IsJob(target, start) || (CollapsedText.Of(element) is { Length: < 40 } words && CareersWords().IsMatch(words) && SharesSection(target, start)))
            return new PageLink(target, LinkKind.Job);
        return target.AbsolutePath.StartsWith(Folder(start), StringComparison.Ordinal) ? new PageLink(target, LinkKind.Below) : null;
    }

    private static bool IsNextPage(IElement element, Uri target, Uri current)
    {
        if (Words(element.GetAttribute("rel")).Contains("next", StringComparer.OrdinalIgnoreCase))
            return true;
        // numbered pages: the same list with another number
        return target.AbsolutePath == current.AbsolutePath && PageNumber().IsMatch(target.Query)
            || (CollapsedText.Of(element) is { Length: < 20 } text && NextWords().IsMatch(text));
    }

    // a crawl that begins in one company's folder stays there; the folder is what comes before the first word for jobs: /acme/ of /acme/careers/list
    private static bool SharesSection(Uri target, Uri start)
    {
        var segments = start.Segments.TakeWhile(segment => segment.EndsWith('/') && !JobPath().IsMatch("/" + segment.TrimEnd('/')));
        return target.AbsolutePath.StartsWith(string.Concat(segments), StringComparison.Ordinal);
    }

    private static string Folder(Uri start) => start.AbsolutePath[..(start.AbsolutePath.LastIndexOf('/') + 1)];

    private static string[] Words(string? text) => text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];

    [GeneratedRegex(@"(?:^|[/_-])(?:jobs?|careers?|positions?|vacanc(?:y|ies)|openings?|opportunit(?:y|ies)|roles?|stellen(?:angebote?)?|karriere|emplois?|empleos?|join-us)(?:[/_.-]|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex JobPath();

    [GeneratedRegex(@"\.(?:pdf|docx?|xlsx?|pptx?|zip|gz|rar|7z|exe|dmg|png|jpe?g|gif|webp|svg|ico|css|js|json|xml|rss|atom|mp[34]|webm|woff2?|ttf|ics|csv)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotPages();

    [GeneratedRegex(@"[?&](?:page|p|pg|paged|offset|start|from|seite)=\d{1,6}(?:&|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PageNumber();

    [GeneratedRegex(@"\b(?:careers?|jobs|vacancies|open (?:positions|roles)|work (?:with|for) us|join (?:us|our team)|we(?:'|’)?re hiring|karriere|stellenangebote|emplois|empleo|vagas)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CareersWords();

    [GeneratedRegex(@"^(?:next(?: page)?|older|more jobs|load more|weiter|nächste(?: seite)?|suivant|siguiente|[›»→>]+)\s*[›»→>]*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NextWords();
}
