using ActorJobs.Workloads.Scraping.Crawling;
using ActorJobs.Workloads.Scraping.Robots;
using static ActorJobs.Workloads.Tests.Scraping.Crawling.FetchBed;

namespace ActorJobs.Workloads.Tests.Scraping.Crawling;

public sealed class RobotsObedienceTests
{
    [Fact]
    public async Task Robots_txt_is_obeyed_and_asked_for_once()
    {
        await using var site = await LoopbackSite.StartAsync(context =>
            context.Response.WriteAsync(context.Request.Path == "/robots.txt" ? "user-agent: ActorJobsBot\ndisallow: /private" : "page"));
        using var bed = new FetchBed();

        Assert.IsType<FetchResult.Page>(await bed.Fetcher.FetchAsync(site.At("/open"), null, CancellationToken.None));
        Assert.Equal("Robots", Assert.IsType<FetchResult.Permanent>(
            await bed.Fetcher.FetchAsync(site.At("/private/x"), null, CancellationToken.None)).Code);
        Assert.Equal(["/robots.txt", "/open"], site.Requests);
    }

    [Theory]
    [InlineData(404, true)]
    [InlineData(403, true)]
    [InlineData(429, false)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    public async Task Without_robots_txt_all_is_allowed_and_with_a_broken_one_nothing(int status, bool allowed)
    {
        await using var site = await LoopbackSite.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/robots.txt" ? status : 200;
            return Task.CompletedTask;
        });

        var result = await FetchAsync(site.At("/page"));

        Assert.Equal(allowed, result is FetchResult.Page);
        Assert.Equal(!allowed, result is FetchResult.Transient);
    }

    [Fact]
    public async Task Only_the_first_500_kib_of_robots_txt_count()
    {
        var rules = "user-agent: *\ndisallow: /early\n#" + new string('x', RobotsParser.MaxBytes) + "\ndisallow: /late\n";
        await using var site = await LoopbackSite.StartAsync(context =>
            context.Response.WriteAsync(context.Request.Path == "/robots.txt" ? rules : "page"));

        Assert.IsType<FetchResult.Permanent>(await FetchAsync(site.At("/early")));
        Assert.IsType<FetchResult.Page>(await FetchAsync(site.At("/late")));
    }

    [Theory]
    [InlineData("file:///robots.txt")]
    [InlineData("http://169.254.169.254/robots.txt")]
    public async Task Robots_txt_that_has_moved_to_where_nothing_is_fetched_forbids_all(string location)
    {
        await using var site = await LoopbackSite.StartAsync(context =>
        {
            if (context.Request.Path == "/robots.txt")
                context.Response.Redirect(location);
            return context.Response.WriteAsync("page");
        });

        Assert.IsType<FetchResult.Transient>(await FetchAsync(site.At("/page")));
    }

    [Fact]
    public async Task Robots_txt_may_redirect()
    {
        await using var site = await LoopbackSite.StartAsync(context =>
        {
            if (context.Request.Path == "/robots.txt")
                context.Response.Redirect("/moved.txt");
            return context.Response.WriteAsync("user-agent: *\ndisallow: /x");
        });

        Assert.IsType<FetchResult.Permanent>(await FetchAsync(site.At("/x")));
    }
}
