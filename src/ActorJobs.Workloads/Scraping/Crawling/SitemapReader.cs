using System.Xml;
using ActorJobs.Workloads.Scraping.Parsing;
using ActorJobs.Workloads.Scraping.Robots;

namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>Finds job pages in the sitemaps that <c>robots.txt</c> names (sitemaps.org protocol), index files included, within bounds.</summary>
internal sealed class SitemapReader(PageFetcher fetcher, RobotsCache robots)
{
    private const int MaxFiles = 5;
    private const int MaxUrls = 5_000;

    public async Task<IReadOnlyList<PageLink>> JobLinksAsync(Uri site, CancellationToken cancellationToken)
    {
        var rules = await robots.RulesForAsync(site, cancellationToken);
        var files = new Queue<Uri>(rules.Sitemaps.Where(sitemap => sitemap.Authority == site.Authority));
        var links = new List<PageLink>();
        for (var read = 0; read < MaxFiles && files.TryDequeue(out var file); read++)
        {
            // a sitemap that cannot be had is no loss worth an error: the links of the pages remain
            if (await fetcher.FetchAsync(file, null, cancellationToken) is not FetchResult.Page page)
                continue;
            foreach (var (url, isSitemap) in Read(page.Content.Text).Where(entry => entry.Url.Authority == site.Authority))
            {
                if (isSitemap)
                    files.Enqueue(url);
                else if (LinkReader.IsJob(url, site) && links.Count < MaxUrls)
                    links.Add(new PageLink(CanonicalUrl.Of(url), LinkKind.Job));
            }
        }

        return links;
    }

    /// <summary>The locations a sitemap names, up to where it stops being XML.</summary>
    internal static IReadOnlyList<(Uri Url, bool IsSitemap)> Read(string xml)
    {
        var found = new List<(Uri, bool)>();
        // no DTD: entities can expand without bound and reach for other files
        using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        try
        {
            var inSitemap = false;
            while (found.Count < MaxUrls && reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element)
                    continue;
                if (reader.LocalName is "sitemap" or "url")
                    inSitemap = reader.LocalName == "sitemap";
                else if (reader.LocalName == "loc" && reader.Depth == 2 && Uri.TryCreate(reader.ReadElementContentAsString().Trim(), UriKind.Absolute, out var url))
                    found.Add((url, inSitemap));
            }
        }
        catch (XmlException)
        {
            // a truncated sitemap still names the pages before the cut
        }

        return found;
    }
}
