using ActorJobs.Workloads.Scraping;
using ActorJobs.Workloads.Scraping.Crawling;

namespace ActorJobs.Workloads.Tests.Scraping.Crawling;

/// <summary>Requests through real forward proxies, and what becomes of proxies that fail.</summary>
public sealed class ProxyTests
{
    [Fact]
    public async Task Proxies_take_turns_and_the_site_is_never_asked_directly()
    {
        await using var site = await SiteAsync();
        await using var one = new ForwardProxy();
        await using var two = new ForwardProxy();
        using var bed = new FetchBed(options => AddAll(options, one, two));

        for (var number = 0; number < 4; number++)
            Assert.Equal("page", Assert.IsType<FetchResult.Page>(await bed.Fetcher.FetchAsync(site.At($"/{number}"), null, CancellationToken.None)).Content.Text);

        // four pages and robots.txt
        Assert.Equal([2, 3], new[] { one.Requests.Count, two.Requests.Count }.Order());
        Assert.Equal(site.Requests.Select(path => site.At(path).AbsoluteUri).Order(), one.Requests.Concat(two.Requests).Order());
    }

    [Theory]
    [InlineData((int)ProxyMood.HangsUp)]
    [InlineData((int)ProxyMood.WantsCredentials)]
    public async Task A_proxy_that_refuses_costs_no_page(int mood)
    {
        await using var site = await SiteAsync();
        await using var bad = new ForwardProxy { Mood = (ProxyMood)mood };
        await using var good = new ForwardProxy();
        using var bed = new FetchBed(options => AddAll(options, bad, good));

        for (var number = 0; number < 6; number++)
            Assert.IsType<FetchResult.Page>(await bed.Fetcher.FetchAsync(site.At($"/{number}"), null, CancellationToken.None));

        Assert.Equal(7, good.Requests.Count);
    }

    // the client itself asks again on a new connection, three times, when one ends before an answer
    private const int Connections = 4;

    [Fact]
    public async Task A_proxy_that_fails_three_times_rests_and_is_tried_again_after_its_rest()
    {
        var time = new FakeTime();
        await using var site = await SiteAsync();
        await using var bad = new ForwardProxy { Mood = ProxyMood.HangsUp };
        await using var good = new ForwardProxy();
        var options = new ScrapingOptions { AllowedAddresses = { "127.0.0.0/8" }, ProxyRest = TimeSpan.FromSeconds(30) };
        AddAll(options, bad, good);
        using var exchange = new HttpExchange(options, time);

        await FetchAsync(10);
        Assert.Equal(3 * Connections, bad.Connections);
        time.Advance(TimeSpan.FromSeconds(30));
        await FetchAsync(10);
        // one failure more, and it rests twice as long
        Assert.Equal(4 * Connections, bad.Connections);
        time.Advance(TimeSpan.FromSeconds(31));
        await FetchAsync(2);
        Assert.Equal(4 * Connections, bad.Connections);
        bad.Mood = ProxyMood.Serves;
        time.Advance(TimeSpan.FromSeconds(30));
        await FetchAsync(10);

        Assert.Equal(5, bad.Requests.Count);
        Assert.Equal(32, site.Requests.Count);

        async Task FetchAsync(int times)
        {
            for (var number = 0; number < times; number++)
                Assert.IsType<ExchangeResult.Body>(await exchange.GetAsync(new PageRequest(site.At($"/{number}"), 1_000), CancellationToken.None));
        }
    }

    [Fact]
    public async Task When_no_proxy_answers_the_page_fails_and_is_worth_a_retry()
    {
        await using var site = await SiteAsync();
        await using var bad = new ForwardProxy { Mood = ProxyMood.HangsUp };

        var result = await FetchBed.FetchAsync(site.At("/x"), options => AddAll(options, bad));

        Assert.IsType<FetchResult.Transient>(result);
        Assert.Empty(site.Requests);
    }

    [Fact]
    public async Task A_private_address_is_refused_before_a_proxy_is_asked()
    {
        await using var site = await SiteAsync();
        await using var proxy = new ForwardProxy();

        var result = await FetchBed.FetchAsync(site.At("/x"), options =>
        {
            options.AllowedAddresses.Clear();
            AddAll(options, proxy);
        });

        Assert.IsNotType<FetchResult.Page>(result);
        Assert.Empty(proxy.Requests);
    }

    private static Task<LoopbackSite> SiteAsync() => FetchBed.SiteAsync(context =>
    {
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync("page");
    });

    private static void AddAll(ScrapingOptions options, params ForwardProxy[] proxies)
    {
        foreach (var proxy in proxies)
            options.Proxies.Add(proxy.Address);
    }
}
