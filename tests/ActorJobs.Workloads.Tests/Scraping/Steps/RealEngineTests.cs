using System.Text.Json;
using ActorJobs.Workloads.Scraping;

namespace ActorJobs.Workloads.Tests.Scraping.Steps;

/// <summary>The workload on the engine as it is, not on the test's.</summary>
public sealed class RealEngineTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_scrape_runs_to_its_end_and_its_progress_never_goes_back()
    {
        await using var node = await ScrapingNode.StartAsync(engine: EngineKind.Real);
        var id = await node.StartScrapeAsync(true, node.Sample("northwind-labs"), node.Sample("borealis-clinic"), node.Sample("harbour-books"));

        var views = await WatchToTheEndAsync(node, id);

        Assert.Equal("Completed", views[^1].GetProperty("state").GetString());
        Assert.Equal((8, 8), (views[^1].GetProperty("postingsFound").GetInt32(), views[^1].GetProperty("postingsAdded").GetInt32()));
        var progress = views.Select(view => view.GetProperty("chainProgress").GetDouble()).ToList();
        Assert.Equal(progress.Order(), progress);
        Assert.Equal("Completed", (await node.GetAsync($"/api/v1/jobs/{id}")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task One_crawl_of_a_host_runs_at_once_whoever_asked_for_it()
    {
        await using var site = await LoopbackSite.StartAsync(context => context.Response.WriteAsync(
            context.Request.Path.Value is "/a/" or "/b/" ? string.Concat(Enumerable.Range(0, 10).Select(number => $"<a href='jobs/{number}'>{number}</a>")) : "page"));
        await using var node = await ScrapingNode.StartAsync(engine: EngineKind.Real);

        var views = await WatchToTheEndAsync(node, await node.StartScrapeAsync(false, site.At("/a/").AbsoluteUri, site.At("/b/").AbsoluteUri));

        Assert.Equal("Completed", views[^1].GetProperty("state").GetString());
        // one company's pages follow one another: the site sees the other's before or after them
        var companies = site.Requests.Where(path => path.StartsWith("/a/", StringComparison.Ordinal) || path.StartsWith("/b/", StringComparison.Ordinal)).Select(path => path[1]).ToList();
        Assert.Equal(22, companies.Count);
        Assert.Equal(1, companies.Zip(companies.Skip(1)).Count(pair => pair.First != pair.Second));
    }

    [Fact]
    public async Task Enrichment_that_hangs_holds_up_no_other_step()
    {
        var enricher = new StuckEnricher();
        await using var node = await ScrapingNode.StartAsync(services => services.AddSingleton<IPostingEnricher>(enricher), engine: EngineKind.Real);
        // more companies to enrich than the pool has slots
        var stuck = new List<string>();
        for (var i = 0; i < 4; i++)
            stuck.Add(await node.StartScrapeAsync(true, node.Sample("northwind-labs")));
        await enricher.Saturated.Task.WaitAsync(Deadline);

        var views = await WatchToTheEndAsync(node, await node.StartScrapeAsync(false, node.Sample("harbour-books"), node.Sample("borealis-clinic")));

        Assert.Equal("Completed", views[^1].GetProperty("state").GetString());
        Assert.Equal(2, enricher.Calls);
        Assert.Equal("Running", (await node.GetAsync($"/api/v1/scrapes/{stuck[^1]}")).GetProperty("state").GetString());
        enricher.Release.SetResult();
        foreach (var id in stuck)
            Assert.Equal("Completed", (await WatchToTheEndAsync(node, id))[^1].GetProperty("state").GetString());
    }

    private static async Task<List<JsonElement>> WatchToTheEndAsync(ScrapingNode node, string id)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await using var stream = await node.Http.GetStreamAsync(new Uri($"/api/v1/scrapes/{id}/watch", UriKind.Relative), deadline.Token);
        var views = new List<JsonElement>();
        await foreach (var view in RunEvents.ReadAsync(stream).WithCancellation(deadline.Token))
            views.Add(view);
        return views;
    }

    private sealed class StuckEnricher : IPostingEnricher
    {
        private int calls;

        public string Name => "stuck";

        public int Calls => calls;

        public TaskCompletionSource Saturated { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<PostingEnrichment> EnrichAsync(Posting posting, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref calls) == 2)
                Saturated.TrySetResult();
            await Release.Task.WaitAsync(cancellationToken);
            return new PostingEnrichment(Name, [], null, null, null, null);
        }
    }
}
