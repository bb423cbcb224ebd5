namespace ActorJobs.Workloads.Tests.Scraping.Steps;

/// <summary>What a whole scrape asks of a site that forbids parts of itself: not one request more than allowed (RFC 9309).</summary>
public sealed class RobotsCrawlTests
{
    private static readonly string[] Links =
    [
        "/jobs/1", "/jobs/2", "/jobs/2.php", "/jobs/2.php?x=1", "/jobs/private", "/jobs/private/3", "/jobs/private/open/4", "/jobs/5/internal/6", "/jobs/5/Internal/6",
        "/jobs/7", "/jobs/77", "/jobs/%66orbidden", "/jobs/f%C3%BCr/8", "/jobs/für/9", "/jobs/10?print=1", "/go/11/jobs",
    ];

    [Fact]
    public async Task Only_what_robots_txt_allows_is_asked_for()
    {
        const string Robots = """
            # all others are unwanted
            user-agent: *
            disallow: /

            User-Agent: someone-else
            USER-AGENT: actorjobsbot
            Disallow: /jobs/private
            Allow: /jobs/private/open
            Disallow: /*.php$
            Disallow: /jobs/*/internal
            Disallow: /jobs/7$
            Disallow: /jobs/forbidden
            Disallow: /jobs/f%C3%BCr/
            Disallow: /*?print=
            Disallow: /go/
            Allow: /go/$
            """;
        await using var site = await SiteAsync(Robots);
        await using var node = await ScrapingNode.StartAsync();

        var run = await node.ScrapeAsync(false, site.Root.AbsoluteUri);

        Assert.Equal("Completed", run.GetProperty("state").GetString());
        Assert.Equal(
            ["/", "/jobs/1", "/jobs/2", "/jobs/2.php?x=1", "/jobs/5/Internal/6", "/jobs/77", "/jobs/private/open/4", "/robots.txt", "/sitemap.xml"],
            site.Requests.Order(StringComparer.Ordinal));
        var told = run.GetProperty("companies")[0].GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("problem").GetString()).ToList();
        Assert.Contains("Robots: robots.txt forbids /jobs/7", told);
        Assert.Contains("Robots: robots.txt forbids /jobs/private/3", told);
    }

    [Theory]
    [InlineData("User-agent: *\nDisallow: /", 200, "Robots: robots.txt forbids /")]
    [InlineData("", 503, "Unreachable: robots.txt cannot be read, so nothing may be fetched (RFC 9309, 2.3.1.4)")]
    public async Task A_site_that_wants_no_robots_is_asked_for_nothing_else(string robots, int status, string problem)
    {
        await using var site = await SiteAsync(robots, status);
        await using var node = await ScrapingNode.StartAsync();

        var run = await node.ScrapeAsync(false, site.Root.AbsoluteUri);

        Assert.Equal(problem, run.GetProperty("companies")[0].GetProperty("errors")[0].GetProperty("problem").GetString());
        Assert.All(site.Requests, path => Assert.Equal("/robots.txt", path));
    }

    private static Task<LoopbackSite> SiteAsync(string robots, int status = 200) => LoopbackSite.StartAsync(context =>
    {
        var isRobots = context.Request.Path == "/robots.txt";
        context.Response.StatusCode = isRobots ? status : context.Request.Path == "/sitemap.xml" ? 404 : 200;
        context.Response.ContentType = isRobots ? "text/plain" : "text/html; charset=utf-8";
        return context.Response.WriteAsync(isRobots ? robots : context.Request.Path == "/" ? string.Concat(Links.Select(link => $"<a href='{link}'>Job</a>")) : "<h1>none</h1>");
    });
}
