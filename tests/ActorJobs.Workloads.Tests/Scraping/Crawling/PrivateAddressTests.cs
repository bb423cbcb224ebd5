using System.Net;
using ActorJobs.Workloads.Scraping;
using ActorJobs.Workloads.Scraping.Crawling;
using static ActorJobs.Workloads.Tests.Scraping.Crawling.FetchBed;

namespace ActorJobs.Workloads.Tests.Scraping.Crawling;

public sealed class PrivateAddressTests
{
    [Fact]
    public async Task Loopback_is_refused_by_default_and_no_request_leaves()
    {
        await using var site = await SiteAsync(_ => Task.CompletedTask);

        Assert.Equal("Address", Assert.IsType<FetchResult.Permanent>(await FetchAsync(site.Root, Forbid)).Code);
        Assert.Equal("Address", Assert.IsType<FetchResult.Permanent>(await FetchAsync(new Uri($"http://localhost:{site.Port}/"), Forbid)).Code);
        Assert.Equal("Address", Assert.IsType<FetchResult.Permanent>(await FetchAsync(new Uri($"http://[::ffff:127.0.0.1]:{site.Port}/"), Forbid)).Code);
        Assert.Empty(site.Requests);

        static void Forbid(ScrapingOptions options) => options.AllowedAddresses.Clear();
    }

    [Fact]
    public async Task A_redirect_to_a_private_address_is_refused()
    {
        await using var hidden = await SiteAsync(_ => Task.CompletedTask);
        await using var site = await SiteAsync(context =>
        {
            context.Response.Redirect(hidden.Root.ToString());
            return Task.CompletedTask;
        });

        var result = await FetchAsync(site.Root, options =>
        {
            options.AllowedAddresses.Clear();
            options.AllowedAddresses.Add($"127.0.0.1:{site.Port}");
        });

        Assert.Equal("Address", Assert.IsType<FetchResult.Permanent>(result).Code);
        Assert.Empty(hidden.Requests);
    }

    [Fact]
    public async Task A_name_that_changes_its_answer_gains_nothing()
    {
        await using var site = await SiteAsync(_ => Task.CompletedTask);
        var asked = 0;

        // public when looked at, loopback afterwards: the connection must go where the first look went, or nowhere
        var result = await FetchAsync(
            new Uri($"http://rebind.test:{site.Port}/"),
            options => (options.AllowedAddresses[0], options.ConnectTimeout) = ("192.0.2.1", TimeSpan.FromMilliseconds(200)),
            resolve: (_, _) => Task.FromResult<IPAddress[]>([Interlocked.Increment(ref asked) == 1 ? IPAddress.Parse("192.0.2.1") : IPAddress.Loopback]));

        Assert.IsNotType<FetchResult.Page>(result);
        Assert.Empty(site.Requests);
    }
}
