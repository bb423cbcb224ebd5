using System.Diagnostics;
using ActorJobs.Workloads.Tests.Scraping.Enrichment;

namespace ActorJobs.Workloads.Tests.Scraping.Steps;

/// <summary>A slow model fills <c>ai_enrich</c>, and <c>io_fetch</c> goes on as fast as before. Real time, since rates are what is measured.</summary>
public sealed class EnrichmentLoadTests
{
    private const int Companies = 8;
    private const int Pages = 10;
    private const int Slots = 2; // of ai_enrich
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Fetching_keeps_its_rate_while_the_model_is_saturated()
    {
        await using var model = await ModelDouble.StartAsync();
        model.Delay = TimeSpan.FromSeconds(5);
        await using var node = await ScrapingNode.StartAsync(
            options: options => (options.Model.Endpoint, options.Model.Name) = (model.Endpoint, "double"), engine: EngineKind.Real);
        await FetchRateAsync(node); // the first one pays for what is compiled on the way

        var alone = await FetchRateAsync(node);
        for (var i = 0; i < 2 * Slots; i++)
            await node.StartScrapeAsync(true, node.Sample(i % 2 == 0 ? "northwind-labs" : "harbour-books"));
        await SaturatedAsync(model);
        var beside = await FetchRateAsync(node);

        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"pages a second: {alone:0.0} alone, {beside:0.0} beside a saturated model, {beside / alone:0.00} of it"));
        Assert.Equal(Slots, model.UnderWay);
        Assert.True(beside >= 0.7 * alone, FormattableString.Invariant($"{beside:0.0} of {alone:0.0} pages a second"));
    }

    private static async Task<double> FetchRateAsync(ScrapingNode node)
    {
        var sites = await Task.WhenAll(Enumerable.Range(0, Companies).Select(_ => SiteAsync()));
        var watch = Stopwatch.StartNew();
        var id = await node.StartScrapeAsync(false, [.. sites.Select(site => site.Root.AbsoluteUri)]);
        await using (var stream = await node.Http.GetStreamAsync(new Uri($"/api/v1/scrapes/{id}/watch", UriKind.Relative)))
        {
            await foreach (var _ in RunEvents.ReadAsync(stream))
            {
                // until it ends
            }
        }

        var rate = sites.Sum(site => site.Requests.Count) / watch.Elapsed.TotalSeconds;
        foreach (var site in sites)
            await site.DisposeAsync();
        return rate;
    }

    // the model's side of it is told by nothing else
    private static async Task SaturatedAsync(ModelDouble model)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var began = TimeProvider.System.GetTimestamp();
        while (model.UnderWay < Slots)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "The model is not asked.");
            await clock.WaitForNextTickAsync();
        }
    }

    private static Task<LoopbackSite> SiteAsync() => LoopbackSite.StartAsync(async context =>
    {
        await Task.Delay(Latency, context.RequestAborted);
        await context.Response.WriteAsync(context.Request.Path == "/robots.txt"
            ? ""
            : string.Concat(Enumerable.Range(0, Pages).Select(number => $"<a href='/jobs/{number}'>{number}</a>")));
    });
}
