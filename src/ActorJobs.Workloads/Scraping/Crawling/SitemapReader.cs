using System.Globalization;
using System.Xml;
using ActorJobs.Workloads.Scraping.Parsing;
using ActorJobs.Workloads.Scraping.Robots;
using ActorJobs.Workloads.Scraping.Runs;

namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>
/// Finds job pages in the sitemaps that <c>robots.txt</c> names, or in <c>/sitemap.xml</c> when it names none (sitemaps.org protocol): index files and gzip
/// included, the pages that changed last first, within bounds.
/// </summary>
internal sealed class SitemapReader(RunPages pages, RobotsCache robots)
{
    private const int MaxFiles = 20;
    private const int MaxUrls = 50_000;
    private const int MaxLinks = 5_000;

    /// <summary>The links to follow, and what is wrong with sitemaps that are there and could not be read to their end.</summary>
    public async Task<(IReadOnlyList<PageLink> Links, IReadOnlyList<RunError> Errors)> JobLinksAsync(
        string runId, string company, Uri site, CancellationToken cancellationToken)
    {
        var rules = await robots.RulesForAsync(site, cancellationToken);
        var named = rules.Sitemaps.Where(sitemap => sitemap.Authority == site.Authority).ToList();
        var files = new Queue<Uri>(named.Count > 0 ? named : [new Uri(site, "/sitemap.xml")]);
        var seen = new HashSet<Uri>(files);
        var found = new List<SitemapEntry>();
        var errors = new List<RunError>();
        for (var read = 0; read < MaxFiles && files.TryDequeue(out var file); read++)
        {
            var (entries, problem) = await ReadAsync(new RunPage(runId, company, file, 0, PageKind.Sitemap), cancellationToken);
            if (problem is not null)
                errors.Add(new RunError(file.AbsoluteUri, $"Sitemap: {problem}"));
            foreach (var entry in entries)
            {
                if (entry.Url.Authority != site.Authority || CanonicalUrl.IsTooLong(entry.Url))
                    continue;
                if (entry.IsSitemap && seen.Add(entry.Url))
                    files.Enqueue(entry.Url);
                else if (!entry.IsSitemap && LinkReader.IsJob(entry.Url, site) && found.Count < MaxUrls)
                    found.Add(entry);
            }
        }

        var latest = found.OrderByDescending(entry => entry.Modified).Take(MaxLinks);
        return ([.. latest.Select(entry => new PageLink(CanonicalUrl.Of(entry.Url), LinkKind.Job, entry.Modified))], errors);
    }

    // a sitemap that cannot be had is no loss worth an error: the links of the pages remain
    private async Task<(IReadOnlyList<SitemapEntry> Entries, string? Problem)> ReadAsync(RunPage file, CancellationToken cancellationToken)
    {
        var result = await pages.GetAsync(file, cancellationToken);
        if (result is FetchResult.Permanent failure)
            pages.Fail(file, failure);
        if (result is not FetchResult.Page page)
            return ([], null);
        pages.Keep(file, page.Content);
        return Read(page.Content.Text);
    }

    /// <summary>The locations a sitemap names, up to where it stops being XML, and why it does. A page sent in a sitemap's place is no sitemap, and no problem.</summary>
    internal static (IReadOnlyList<SitemapEntry> Entries, string? Problem) Read(string xml)
    {
        var found = new List<SitemapEntry>();
        string? problem = null;
        // no DTD: entities can expand without bound and reach for other files
        using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        try
        {
            SitemapEntry? open = null;
            while (found.Count < MaxUrls && !reader.EOF)
            {
                if (reader is { NodeType: XmlNodeType.Element, Depth: 1, LocalName: "sitemap" or "url" })
                {
                    Close(found, ref open);
                    open = new SitemapEntry(null!, reader.LocalName == "sitemap", null);
                }

                // reading an element's content already stands on what follows it
                if (open is not null && reader is { NodeType: XmlNodeType.Element, Depth: 2, LocalName: "loc" })
                    open = open with { Url = Uri.TryCreate(reader.ReadElementContentAsString().Trim(), UriKind.Absolute, out var url) ? url : null! };
                else if (open is not null && reader is { NodeType: XmlNodeType.Element, Depth: 2, LocalName: "lastmod" })
                    open = open with { Modified = Instant(reader.ReadElementContentAsString().Trim()) };
                else
                    reader.Read();
            }

            Close(found, ref open);
        }
        catch (XmlException exception)
        {
            // a truncated sitemap still names the pages before the cut
            if (xml.Contains("<urlset", StringComparison.Ordinal) || xml.Contains("<sitemapindex", StringComparison.Ordinal))
                problem = exception.Message;
        }

        return (found, problem);
    }

    private static void Close(List<SitemapEntry> found, ref SitemapEntry? open)
    {
        if (open?.Url is not null)
            found.Add(open);
        open = null;
    }

    // W3C date and time: a day alone counts to its end, since the change may have come late on it
    private static DateTimeOffset? Instant(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue)
            return new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
    }
}

/// <summary>An address in a sitemap.</summary>
/// <param name="Url">The address.</param>
/// <param name="IsSitemap">Whether it is a further sitemap.</param>
/// <param name="Modified">Until when it last changed, if that is told.</param>
internal sealed record SitemapEntry(Uri Url, bool IsSitemap, DateTimeOffset? Modified);
