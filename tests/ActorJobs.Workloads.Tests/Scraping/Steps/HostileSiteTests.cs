using System.IO.Compression;
using System.Text;

namespace ActorJobs.Workloads.Tests.Scraping.Steps;

/// <summary>Sites that are broken or mean harm, scraped beside a good one: each costs its own company, and nothing else.</summary>
public sealed class HostileSiteTests
{
    private static readonly (string Name, Func<HttpContext, Task> Answer, string Problem)[] Sites =
    [
        ("truncated gzip", TruncatedGzipAsync, "Unreachable: the gzip body is cut off"),
        ("50 MB page", LargePageAsync, "TooLarge: more than 2097152 bytes"),
        ("endless redirect", EndlessRedirectAsync, "TooManyRedirects: more than 5 redirects"),
        ("hanging server", HangAsync, "Unreachable: no complete answer within 4 s"),
        ("a wait of 68 years", AskForPatienceAsync, "HttpError: HTTP 503, and the site asks to wait for more than 1 h"),
    ];

    [Fact]
    public async Task A_hostile_site_is_an_error_of_its_company_alone()
    {
        var sites = await Task.WhenAll(Sites.Select(site => LoopbackSite.StartAsync(context => Guarded(context, site.Answer))));
        await using var node = await ScrapingNode.StartAsync(options: options => options.PageTimeout = TimeSpan.FromSeconds(4));

        var run = await node.ScrapeAsync(false, [.. sites.Select(site => site.Root.AbsoluteUri), node.Sample("harbour-books")]);

        var companies = run.GetProperty("companies").EnumerateArray().ToList();
        for (var i = 0; i < Sites.Length; i++)
        {
            Assert.Equal("Failed", companies[i].GetProperty("state").GetString());
            Assert.Equal(Sites[i].Problem, companies[i].GetProperty("errors")[0].GetProperty("problem").GetString());
        }

        Assert.Equal(("Completed", 3), (companies[^1].GetProperty("state").GetString(), companies[^1].GetProperty("postingsFound").GetInt32()));
        foreach (var site in sites)
            await site.DisposeAsync();
    }

    [Fact]
    public async Task Invalid_text_many_links_and_a_bomb_of_entities_are_read_as_far_as_they_go()
    {
        LoopbackSite site = null!;
        site = await LoopbackSite.StartAsync(async context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            byte[] body = context.Request.Path.Value switch
            {
                "/robots.txt" => [],
                "/sitemap.xml" => Encoding.UTF8.GetBytes(BillionLaughs()),
                "/" => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 10_000).Select(number => $"<a href='/jobs/{number}'>Job {number}</a>"))),
                _ => [.. Encoding.UTF8.GetBytes($"<h1>Engineer {context.Request.Path.Value![6..]} "), 0xFF, 0xFE, 0xC3, 0x28, .. "</h1><dl><dt>Location</dt><dd>Berlin</dd><dt>Salary</dt><dd>50000 EUR</dd></dl><a href='/apply'>Apply</a>"u8],
            };
            await context.Response.Body.WriteAsync(body);
        });
        await using (site)
        {
            await using var node = await ScrapingNode.StartAsync(options: options => options.MaxPagesPerCompany = 5);

            var run = await node.ScrapeAsync(false, site.Root.AbsoluteUri);

            Assert.Equal(("Completed", 5, 4), (run.GetProperty("state").GetString(), run.GetProperty("companies")[0].GetProperty("pages").GetInt32(), run.GetProperty("postingsFound").GetInt32()));
            Assert.Equal(7, site.Requests.Count);
            var error = run.GetProperty("companies")[0].GetProperty("errors")[0];
            Assert.Equal(site.At("/sitemap.xml").AbsoluteUri, error.GetProperty("where").GetString());
            Assert.StartsWith("Sitemap: For security reasons DTD is prohibited", error.GetProperty("problem").GetString(), StringComparison.Ordinal);
        }
    }

    // ten levels of ten: a thousand million words, if anybody expanded them
    private static string BillionLaughs() =>
        $"<!DOCTYPE l [<!ENTITY l0 'ha'>{string.Concat(Enumerable.Range(1, 9).Select(level => $"<!ENTITY l{level} '{string.Concat(Enumerable.Repeat($"&l{level - 1};", 10))}'>"))}]>"
        + "<urlset><url><loc>http://x/jobs/&l9;</loc></url></urlset>";

    private static Task Guarded(HttpContext context, Func<HttpContext, Task> answer)
    {
        context.Response.ContentType = "text/html";
        context.Response.StatusCode = context.Request.Path == "/robots.txt" ? 404 : 200;
        return context.Response.StatusCode == 404 ? Task.CompletedTask : answer(context);
    }

    private static async Task TruncatedGzipAsync(HttpContext context)
    {
        using var whole = new MemoryStream();
        await using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5_000))));
        context.Response.Headers.ContentEncoding = "gzip";
        await context.Response.Body.WriteAsync(whole.ToArray().AsMemory(0, (int)whole.Length / 2));
    }

    private static async Task LargePageAsync(HttpContext context)
    {
        var piece = new byte[64 * 1024];
        try
        {
            for (var sent = 0; sent < 50 * 1024 * 1024; sent += piece.Length)
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // the crawler has seen enough
        }
    }

    private static Task EndlessRedirectAsync(HttpContext context)
    {
        context.Response.Redirect(context.Request.Path + "x/");
        return Task.CompletedTask;
    }

    private static Task AskForPatienceAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "2147483647";
        return Task.CompletedTask;
    }

    private static async Task HangAsync(HttpContext context)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // the crawler gave up
        }
    }
}
