using ActorJobs.Workloads.Scraping;
using ActorJobs.Workloads.Scraping.Crawling;

namespace ActorJobs.Workloads.Tests.Scraping.Crawling;

public sealed class CompanyCrawlerTests
{
    [Fact]
    public async Task An_endless_calendar_ends_at_the_page_limit()
    {
        await using var site = await SiteAsync(context => context.Response.WriteAsync(
            $"<a href='{context.Request.Path}x/'>deeper</a><a href='/?page={context.Request.Path.Value!.Length + 1}'>next</a>"));

        var (result, progress) = await CrawlAsync(site.Root, options => (options.MaxPagesPerCompany, options.MaxDepth) = (10, 10));

        Assert.Equal(10, result.Pages);
        Assert.All(progress, step => Assert.InRange(step.Visited, 1, step.Known));
    }

    [Fact]
    public async Task Depth_is_bounded_and_pagination_is_no_depth()
    {
        await using var site = await SiteAsync(context => context.Response.WriteAsync(
            context.Request.Query.TryGetValue("page", out var page) && page != "5"
                ? $"<a rel=next href='/?page={int.Parse(page!, System.Globalization.CultureInfo.InvariantCulture) + 1}'>next</a>"
                : $"<a href='{context.Request.Path}x/'>deeper</a><a rel=next href='/?page=2'>next</a>"));

        var (result, _) = await CrawlAsync(site.Root, options => options.MaxDepth = 1);

        Assert.Equal(["/", "/?page=2", "/?page=3", "/?page=4", "/?page=5", "/x/"], site.Requests.Except(["/robots.txt", "/sitemap.xml"]).Order(StringComparer.Ordinal));
        Assert.Equal(6, result.Pages);
    }

    [Fact]
    public async Task A_crawl_follows_the_first_redirect_to_the_real_site_and_does_not_leave_it()
    {
        await using var other = await SiteAsync(context => context.Response.WriteAsync("other"));
        await using var real = await SiteAsync(context =>
        {
            if (context.Request.Path == "/jobs/away")
                context.Response.Redirect(other.Root.ToString());
            return context.Response.WriteAsync("<a href='/jobs/1'>one</a><a href='/jobs/away'>away</a>");
        });
        await using var front = await SiteAsync(context =>
        {
            context.Response.Redirect(real.Root.ToString());
            return Task.CompletedTask;
        });

        var (result, _) = await CrawlAsync(front.Root);

        Assert.Equal(2, result.Pages);
        Assert.Equal($"OffSite: redirects to another site, {other.Root.Authority}", result.Errors.Single().Problem);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_site_that_stops_answering_is_not_asked_for_all_its_pages()
    {
        await using var site = await SiteAsync(context =>
        {
            if (context.Request.Path != "/")
                context.Abort();
            return context.Response.WriteAsync(string.Concat(Enumerable.Range(0, 30).Select(number => $"<a href='/jobs/{number}'>{number}</a>")));
        });

        var (result, _) = await CrawlAsync(site.Root);

        Assert.Equal("The site stopped answering: 20 pages were not asked for", result.Errors[^1].Problem);
        Assert.False(result.IsWhole);
    }

    [Fact]
    public async Task Pages_that_only_the_sitemap_names_are_found()
    {
        LoopbackSite site = null!;
        site = await LoopbackSite.StartAsync(context => context.Response.WriteAsync(context.Request.Path.Value switch
        {
            "/robots.txt" => $"Sitemap: {site.Root}index.xml",
            "/index.xml" => $"<sitemapindex><sitemap><loc>{site.Root}jobs.xml</loc></sitemap></sitemapindex>",
            "/jobs.xml" => $"<urlset><url><loc>{site.Root}jobs/7</loc></url><url><loc>{site.Root}blog/1</loc></url><url><loc>http://elsewhere.test/jobs/1</loc></url></urlset>",
            _ => "page",
        }));
        await using (site)
        {
            var (result, _) = await CrawlAsync(site.Root);

            Assert.Equal(2, result.Pages);
            Assert.Contains("/jobs/7", site.Requests);
            Assert.DoesNotContain("/blog/1", site.Requests);
        }
    }

    [Fact]
    public async Task A_page_that_did_not_change_is_not_sent_again()
    {
        var sent = 0;
        await using var site = await SiteAsync(context =>
        {
            context.Response.Headers.ETag = "\"v1\"";
            if (context.Request.Headers.IfNoneMatch == "\"v1\"")
            {
                context.Response.StatusCode = 304;
                return Task.CompletedTask;
            }

            Interlocked.Increment(ref sent);
            return context.Response.WriteAsync("<a href='/jobs/1'>one</a>");
        });
        await using var node = await ScrapingNode.StartAsync();

        await CrawlAsync(node, site.Root);
        var (again, _) = await CrawlAsync(node, site.Root);

        // the start page, the posting, and what the site gives for a sitemap
        Assert.Equal((3, 2), (sent, again.Pages));
    }

    private static async Task<(CrawlResult Result, List<CrawlProgress> Progress)> CrawlAsync(Uri start, Action<ScrapingOptions>? options = null)
    {
        await using var node = await ScrapingNode.StartAsync(options: options);
        return await CrawlAsync(node, start);
    }

    private static async Task<(CrawlResult Result, List<CrawlProgress> Progress)> CrawlAsync(ScrapingNode node, Uri start)
    {
        var id = await node.StartScrapeAsync(false, start.AbsoluteUri);
        var progress = new List<CrawlProgress>();
        var result = await node.Services.GetRequiredService<CompanyCrawler>().CrawlAsync(
            id, start,
            now =>
            {
                progress.Add(now);
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return (result, progress);
    }

    private static Task<LoopbackSite> SiteAsync(Func<HttpContext, Task> answer) => LoopbackSite.StartAsync(context =>
    {
        context.Response.StatusCode = context.Request.Path == "/robots.txt" ? 404 : 200;
        return context.Response.StatusCode == 404 ? Task.CompletedTask : answer(context);
    });
}
