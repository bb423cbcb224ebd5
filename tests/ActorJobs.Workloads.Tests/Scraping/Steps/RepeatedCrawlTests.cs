using System.Collections.Concurrent;
using ActorJobs.Workloads.Scraping.Crawling;

namespace ActorJobs.Workloads.Tests.Scraping.Steps;

/// <summary>What a crawl does that is not the first: after a death in the middle, after a site has changed, and when the site asks for patience.</summary>
public sealed class RepeatedCrawlTests
{
    [Fact]
    public async Task A_fetch_that_died_half_way_asks_only_for_the_rest()
    {
        using var death = new CancellationTokenSource();
        await using var site = await SiteAsync(6, death.Cancel, dieAt: "/jobs/3");
        await using var node = await ScrapingNode.StartAsync(options: options => options.HostConcurrency = 1);
        var id = await node.StartScrapeAsync(false, site.Root.AbsoluteUri);
        var crawler = node.Services.GetRequiredService<CompanyCrawler>();
        // the process dies: what is in the store is all that is left of the first attempt
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => crawler.CrawlAsync(id, site.Root, _ => Task.CompletedTask, death.Token));
        var before = site.Requests.ToHashSet();

        await node.Engine.RunAllAsync(node.Services);

        var run = await node.GetAsync($"/api/v1/scrapes/{id}");
        Assert.Equal(("Completed", 6), (run.GetProperty("state").GetString(), run.GetProperty("postingsFound").GetInt32()));
        var twice = site.Requests.GroupBy(path => path).Where(same => same.Count() > 1).Select(same => same.Key);
        // the page under way when it died was not fetched
        Assert.Equal(["/jobs/3"], twice.Except(["/robots.txt"]));
        Assert.Contains("/jobs/2", before);
    }

    [Fact]
    public async Task A_posting_that_is_gone_is_closed_and_opens_again_when_it_is_back()
    {
        var shown = 3;
        await using var site = await LoopbackSite.StartAsync(context => AnswerAsync(context, shown));
        await using var node = await ScrapingNode.StartAsync();
        await node.ScrapeAsync(false, site.Root.AbsoluteUri);

        shown = 2;
        await node.ScrapeAsync(false, site.Root.AbsoluteUri);
        var (open, closed) = (await TitlesAsync(node, "?open=true"), await TitlesAsync(node, "?open=false"));
        shown = 3;
        await node.ScrapeAsync(false, site.Root.AbsoluteUri);

        Assert.Equal(["Engineer 1", "Engineer 2"], open);
        Assert.Equal(["Engineer 3"], closed);
        Assert.Equal(3, (await TitlesAsync(node, "?open=true")).Count);
    }

    [Fact]
    public async Task A_page_that_could_not_be_had_closes_nothing()
    {
        var broken = false;
        await using var site = await LoopbackSite.StartAsync(context =>
        {
            if (!broken || context.Request.Path != "/jobs/2")
                return AnswerAsync(context, 3);
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await using var node = await ScrapingNode.StartAsync();
        await node.ScrapeAsync(false, site.Root.AbsoluteUri);

        broken = true;
        await node.ScrapeAsync(false, site.Root.AbsoluteUri);

        Assert.Equal(3, (await TitlesAsync(node, "?open=true")).Count);
    }

    [Fact]
    public async Task A_site_that_asks_for_patience_is_asked_again_and_loses_no_page()
    {
        var refused = new ConcurrentDictionary<string, bool>();
        await using var site = await LoopbackSite.StartAsync(context =>
        {
            if (!context.Request.Path.StartsWithSegments("/jobs") || !refused.TryAdd(context.Request.Path, true))
                return AnswerAsync(context, 3);
            context.Response.StatusCode = 429;
            return Task.CompletedTask;
        });
        await using var node = await ScrapingNode.StartAsync();

        var run = await node.ScrapeAsync(false, site.Root.AbsoluteUri);

        Assert.Equal(3, run.GetProperty("postingsFound").GetInt32());
        Assert.Empty(run.GetProperty("companies")[0].GetProperty("errors").EnumerateArray());
    }

    [Fact]
    public async Task What_was_found_is_exported_as_csv_and_json()
    {
        await using var site = await LoopbackSite.StartAsync(context => AnswerAsync(context, 2));
        await using var node = await ScrapingNode.StartAsync();
        await node.ScrapeAsync(false, site.Root.AbsoluteUri);

        var csv = await node.Http.GetStringAsync(new Uri("/api/v1/postings/export?format=csv&location=berlin", UriKind.Relative));
        var json = await node.GetAsync("/api/v1/postings/export?format=json&q=engineer");

        Assert.StartsWith("id,title,company,locations,", csv, StringComparison.Ordinal);
        Assert.Contains("Engineer 2", csv, StringComparison.Ordinal);
        Assert.Equal(2, json.GetArrayLength());
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("\r\n@SUM(A1)", "'@SUM(A1)")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    public async Task A_text_is_no_formula_in_a_spreadsheet(string title, string cell)
    {
        var posting = System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["@type"] = "JobPosting", ["title"] = title });
        await using var site = await LoopbackSite.StartAsync(context => context.Response.WriteAsync($"<script type='application/ld+json'>{posting}</script>"));
        await using var node = await ScrapingNode.StartAsync();
        await node.ScrapeAsync(false, site.Root.AbsoluteUri);

        Assert.StartsWith($"1,{cell},", (await node.Http.GetStringAsync(new Uri("/api/v1/postings/export?format=csv", UriKind.Relative))).Split("\r\n")[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_has_only_so_many_runs_under_way()
    {
        await using var node = await ScrapingNode.StartAsync(options: options => options.MaxOpenRunsPerUser = 1);
        await node.StartScrapeAsync(false, node.Sample("harbour-books"));

        using var refused = await node.Http.PostAsJsonAsync("/api/v1/scrapes", new { companies = new[] { node.Sample("harbour-books") }, user = "ada" });
        using var other = await node.Http.PostAsJsonAsync("/api/v1/scrapes", new { companies = new[] { node.Sample("harbour-books") }, user = "bob" });

        Assert.Equal((429, 202), ((int)refused.StatusCode, (int)other.StatusCode));
    }

    private static Task<LoopbackSite> SiteAsync(int postings, Action die, string dieAt)
    {
        var dead = false;
        return LoopbackSite.StartAsync(context =>
        {
            if (context.Request.Path != dieAt || dead)
                return AnswerAsync(context, postings);
            dead = true;
            die();
            return Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
    }

    private static Task AnswerAsync(HttpContext context, int postings)
    {
        var path = context.Request.Path.Value!;
        context.Response.ContentType = "text/html";
        if (path == "/")
            return context.Response.WriteAsync(string.Concat(Enumerable.Range(1, postings).Select(number => $"<a href='/jobs/{number}'>Engineer {number}</a>")));
        if (path == "/apply")
            return context.Response.WriteAsync("<h1>Form</h1>");
        if (!path.StartsWith("/jobs/", StringComparison.Ordinal))
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        }

        var number = path["/jobs/".Length..];
        return context.Response.WriteAsync(
            $"<h1>Engineer {number}</h1><dl><dt>Location</dt><dd>Berlin</dd><dt>Salary</dt><dd>5{number}000 EUR</dd></dl><p>Work number {number}.</p><a href='/apply'>Apply</a>");
    }

    private static async Task<List<string?>> TitlesAsync(ScrapingNode node, string query) =>
        [.. (await node.GetAsync("/api/v1/postings" + query)).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("posting").GetProperty("title").GetString()).Order(StringComparer.Ordinal)];
}
