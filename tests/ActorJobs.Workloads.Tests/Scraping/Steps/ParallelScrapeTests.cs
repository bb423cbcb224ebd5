using System.Diagnostics;

namespace ActorJobs.Workloads.Tests.Scraping.Steps;

public sealed class ParallelScrapeTests
{
    private const int Companies = 20;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(200);

    /// <summary>The figure of the decision record: 3 to 5 times faster than one after another. Real time, since waiting is what is measured.</summary>
    [Fact]
    public async Task Scraping_many_sites_at_once_is_at_least_three_times_as_fast_as_one_after_another()
    {
        var sites = await Task.WhenAll(Enumerable.Range(0, Companies).Select(_ => SlowSiteAsync()));
        await using var node = await ScrapingNode.StartAsync(engine: EngineKind.Real);

        var oneByOne = Stopwatch.StartNew();
        foreach (var site in sites.Take(Companies / 4))
            await ScrapeAsync(node, site.Root.AbsoluteUri);
        var single = oneByOne.Elapsed / (Companies / 4);
        var atOnce = Stopwatch.StartNew();
        await ScrapeAsync(node, [.. sites.Select(site => site.Root.AbsoluteUri)]);
        var ratio = single * Companies / atOnce.Elapsed;

        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant($"{Companies} sites: one {single.TotalMilliseconds:0} ms, all at once {atOnce.Elapsed.TotalMilliseconds:0} ms, {ratio:0.0} times"));
        Assert.True(ratio >= 3, FormattableString.Invariant($"only {ratio:0.0} times as fast"));
        foreach (var site in sites)
            await site.DisposeAsync();
    }

    /// <summary>The same with every one of them after another, and nothing reckoned up: for the documented figure.</summary>
    [Fact(Explicit = true)]
    public async Task All_one_after_another_and_all_at_once()
    {
        var sites = await Task.WhenAll(Enumerable.Range(0, 2 * Companies).Select(_ => SlowSiteAsync()));
        await using var node = await ScrapingNode.StartAsync(engine: EngineKind.Real);

        var oneByOne = Stopwatch.StartNew();
        foreach (var site in sites.Take(Companies))
            await ScrapeAsync(node, site.Root.AbsoluteUri);
        var alone = oneByOne.Elapsed;
        var atOnce = Stopwatch.StartNew();
        await ScrapeAsync(node, [.. sites.Skip(Companies).Select(site => site.Root.AbsoluteUri)]);

        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
            $"{Companies} companies: {alone.TotalSeconds:0.0} s one after another, {atOnce.Elapsed.TotalSeconds:0.0} s at once, {alone / atOnce.Elapsed:0.0} times as fast"));
        foreach (var site in sites)
            await site.DisposeAsync();
    }

    private static async Task ScrapeAsync(ScrapingNode node, params string[] companies)
    {
        var id = await node.StartScrapeAsync(false, companies);
        await using var stream = await node.Http.GetStreamAsync(new Uri($"/api/v1/scrapes/{id}/watch", UriKind.Relative));
        var states = new List<string?>();
        await foreach (var view in RunEvents.ReadAsync(stream))
            states.Add(view.GetProperty("state").GetString());
        Assert.Equal("Completed", states[^1]);
    }

    private static Task<LoopbackSite> SlowSiteAsync() => LoopbackSite.StartAsync(async context =>
    {
        await Task.Delay(Latency, context.RequestAborted);
        await context.Response.WriteAsync(context.Request.Path == "/robots.txt" ? "" : "<a href='/jobs/1'>one</a><a href='/jobs/2'>two</a>");
    });
}
