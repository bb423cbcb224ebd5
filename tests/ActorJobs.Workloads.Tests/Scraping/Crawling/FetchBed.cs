using ActorJobs.Http;
using ActorJobs.Workloads.Scraping;
using ActorJobs.Workloads.Scraping.Crawling;
using ActorJobs.Workloads.Scraping.Robots;

namespace ActorJobs.Workloads.Tests.Scraping.Crawling;

/// <summary>A fetcher with all that it needs, allowed to reach sites on this machine.</summary>
internal sealed class FetchBed : IDisposable
{
    private readonly HttpExchange exchange;

    public FetchBed(Action<ScrapingOptions>? configure = null, HostResolver? resolve = null)
    {
        var options = new ScrapingOptions
        {
            MaxPageBytes = 100_000,
            HostDelay = TimeSpan.Zero,
            Contact = "https://example.org/bot",
            AllowedAddresses = { "127.0.0.0/8" },
        };
        configure?.Invoke(options);
        exchange = new HttpExchange(options, TimeProvider.System, resolve);
        var gate = new HostGate(options, TimeProvider.System);
        Fetcher = new PageFetcher(exchange, new RobotsCache(exchange, gate, options, TimeProvider.System), gate, options);
    }

    public PageFetcher Fetcher { get; }

    /// <summary>A site without robots.txt.</summary>
    public static Task<LoopbackSite> SiteAsync(Func<HttpContext, Task> answer) => LoopbackSite.StartAsync(context =>
    {
        if (context.Request.Path != "/robots.txt")
            return answer(context);
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    });

    /// <summary>One page by a fetcher that has seen nothing yet.</summary>
    public static async Task<FetchResult> FetchAsync(
        Uri url, Action<ScrapingOptions>? configure = null, PageValidators? known = null, HostResolver? resolve = null)
    {
        using var bed = new FetchBed(configure, resolve);
        return await bed.Fetcher.FetchAsync(url, known, CancellationToken.None);
    }

    public void Dispose() => exchange.Dispose();
}
