using System.IO.Compression;
using System.Net;
using System.Text;
using ActorJobs.Http;
using ActorJobs.Workloads.Scraping;
using ActorJobs.Workloads.Scraping.Crawling;
using ActorJobs.Workloads.Scraping.Robots;

namespace ActorJobs.Workloads.Tests.Scraping.Crawling;

public sealed class PageFetcherTests
{
    private const string Html = "text/html";

    [Fact]
    public async Task A_page_arrives_with_its_validators_and_our_user_agent()
    {
        string? agent = null;
        await using var site = await SiteAsync(async context =>
        {
            agent = context.Request.Headers.UserAgent;
            context.Response.Headers.ETag = "\"v1\"";
            await context.Response.WriteAsync("<h1>hello</h1>");
        });

        var page = Assert.IsType<FetchResult.Page>(await FetchAsync(site.At("/a"))).Content;

        Assert.Equal("<h1>hello</h1>", page.Text);
        Assert.Equal("\"v1\"", page.Validators.ETag);
        Assert.Equal("ActorJobsBot/1.0 (+https://example.org/bot)", agent);
    }

    [Fact]
    public async Task A_known_page_is_asked_for_conditionally()
    {
        await using var site = await SiteAsync(context =>
        {
            context.Response.StatusCode = context.Request.Headers.IfNoneMatch == "\"v1\"" ? 304 : 200;
            return Task.CompletedTask;
        });

        Assert.IsType<FetchResult.NotModified>(await FetchAsync(site.At("/a"), known: new PageValidators("\"v1\"", null)));
    }

    [Theory]
    [InlineData("/loop", "RedirectLoop")]
    [InlineData("/chain/0", "TooManyRedirects")]
    [InlineData("/file", "Scheme")]
    [InlineData("/empty", "Scheme")]
    public async Task Redirects_are_bounded(string path, string code)
    {
        await using var site = await SiteAsync(context =>
        {
            var at = context.Request.Path.Value!;
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = at switch
            {
                "/loop" => "/pool",
                "/pool" => "/loop",
                "/file" => "file:///etc/passwd",
                "/empty" => "",
                _ => "/chain/" + (int.Parse(at.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture) + 1),
            };
            return Task.CompletedTask;
        });

        Assert.Equal(code, Assert.IsType<FetchResult.Permanent>(await FetchAsync(site.At(path))).Code);
        Assert.InRange(site.Requests.Count, 1, 7);
    }

    [Fact]
    public async Task Five_redirects_are_followed()
    {
        await using var site = await SiteAsync(context =>
        {
            var step = context.Request.Path.Value!.Length;
            if (step <= 5)
                context.Response.Redirect(context.Request.Path + "x");
            return Task.CompletedTask;
        });

        Assert.Equal(site.At("/xxxxx"), Assert.IsType<FetchResult.Page>(await FetchAsync(site.Root)).Content.Url);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_page_above_the_limit_is_refused_also_when_it_is_small_on_the_wire(string coding)
    {
        await using var site = await SiteAsync(async context =>
        {
            context.Response.ContentType = Html;
            context.Response.Headers.ContentEncoding = coding;
            await context.Response.Body.WriteAsync(Compress(coding, new byte[1_000_000]));
        });

        Assert.Equal("TooLarge", Assert.IsType<FetchResult.Permanent>(await FetchAsync(site.Root)).Code);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_compressed_page_is_read_and_a_truncated_one_is_tried_again(string coding)
    {
        var whole = Compress(coding, Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Range(0, 2_000))));
        await using var site = await SiteAsync(async context =>
        {
            context.Response.ContentType = Html;
            context.Response.Headers.ContentEncoding = coding;
            await context.Response.Body.WriteAsync(context.Request.Path == "/cut" ? whole.AsMemory(0, whole.Length / 2) : whole);
        });

        Assert.EndsWith(" 1999", Assert.IsType<FetchResult.Page>(await FetchAsync(site.At("/whole"))).Content.Text, StringComparison.Ordinal);
        Assert.IsType<FetchResult.Transient>(await FetchAsync(site.At("/cut")));
    }

    [Fact]
    public async Task A_coding_that_was_not_asked_for_is_refused()
    {
        await using var site = await SiteAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "zstd";
            return context.Response.WriteAsync("?");
        });

        Assert.Equal("ContentEncoding", Assert.IsType<FetchResult.Permanent>(await FetchAsync(site.Root)).Code);
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up()
    {
        await using var site = await SiteAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        var result = await FetchAsync(site.Root, options => options.PageTimeout = TimeSpan.FromMilliseconds(300));

        Assert.Contains("within 0.3 s", Assert.IsType<FetchResult.Transient>(result).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_stops_in_the_middle_is_given_up()
    {
        await using var site = await SiteAsync(async context =>
        {
            await context.Response.WriteAsync("<p>half");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        Assert.IsType<FetchResult.Transient>(await FetchAsync(site.Root, options => options.PageTimeout = TimeSpan.FromMilliseconds(300)));
    }

    [Theory]
    [InlineData("text/html; charset=iso-8859-1", "<p>Z\u00fcrich", "latin1")]
    [InlineData("text/html; charset=windows-1251", "<p>\u041c\u043e\u0441\u043a\u0432\u0430", "windows-1251")]
    [InlineData("text/html", "<meta charset='shift_jis'><p>\u6771\u4eac", "shift_jis")]
    [InlineData("text/html", "<meta http-equiv=Content-Type content='text/html; charset=windows-1252'><p>\u20ac 50", "windows-1252")]
    [InlineData("text/html", "<p>Z\u00fcrich, undeclared", "utf-8")]
    [InlineData("text/html", "<p>Z\u00fcrich, undeclared", "windows-1252")]
    [InlineData("text/html; charset=nonsense", "<p>Z\u00fcrich", "utf-8")]
    public async Task The_charset_is_found(string contentType, string text, string encoding)
    {
        await using var site = await SiteAsync(async context =>
        {
            context.Response.Headers.ContentType = contentType;
            var codec = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
            await context.Response.Body.WriteAsync(codec.GetBytes(text));
        });

        Assert.Equal(text, Assert.IsType<FetchResult.Page>(await FetchAsync(site.Root)).Content.Text);
    }

    [Theory]
    [InlineData(404, "HttpError", false)]
    [InlineData(410, "HttpError", false)]
    [InlineData(429, "HttpError", true)]
    [InlineData(503, "HttpError", true)]
    public async Task A_status_is_permanent_or_worth_a_retry(int status, string code, bool transient)
    {
        await using var site = await SiteAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "7";
            return Task.CompletedTask;
        });

        var result = await FetchAsync(site.Root);

        Assert.Equal(transient, result is FetchResult.Transient { RetryAfter.TotalSeconds: 7 });
        Assert.Equal(code, result is FetchResult.Transient retry ? retry.Code : ((FetchResult.Permanent)result).Code);
    }

    [Fact]
    public async Task What_is_no_text_is_not_read()
    {
        await using var site = await SiteAsync(context =>
        {
            context.Response.ContentType = "application/pdf";
            return Task.CompletedTask;
        });

        Assert.Equal("ContentType", Assert.IsType<FetchResult.Permanent>(await FetchAsync(site.Root)).Code);
    }

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

    [Fact]
    public async Task Robots_txt_is_obeyed_and_asked_for_once()
    {
        await using var site = await LoopbackSite.StartAsync(context =>
            context.Response.WriteAsync(context.Request.Path == "/robots.txt" ? "user-agent: ActorJobsBot\ndisallow: /private" : "page"));
        using var crawler = new Crawler();

        Assert.IsType<FetchResult.Page>(await crawler.Fetcher.FetchAsync(site.At("/open"), null, CancellationToken.None));
        Assert.Equal("Robots", Assert.IsType<FetchResult.Permanent>(
            await crawler.Fetcher.FetchAsync(site.At("/private/x"), null, CancellationToken.None)).Code);
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

    private static Task<LoopbackSite> SiteAsync(Func<HttpContext, Task> answer) => LoopbackSite.StartAsync(context =>
    {
        if (context.Request.Path != "/robots.txt")
            return answer(context);
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    });

    private static async Task<FetchResult> FetchAsync(
        Uri url, Action<ScrapingOptions>? configure = null, PageValidators? known = null, HostResolver? resolve = null)
    {
        using var crawler = new Crawler(configure, resolve);
        return await crawler.Fetcher.FetchAsync(url, known, CancellationToken.None);
    }

    private static byte[] Compress(string coding, byte[] content)
    {
        using var target = new MemoryStream();
        using (Stream stream = coding == "br" ? new BrotliStream(target, CompressionLevel.Fastest) : new GZipStream(target, CompressionLevel.Fastest))
            stream.Write(content);
        return target.ToArray();
    }

    private sealed class Crawler : IDisposable
    {
        private readonly HttpExchange exchange;

        public Crawler(Action<ScrapingOptions>? configure = null, HostResolver? resolve = null)
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

        public void Dispose() => exchange.Dispose();
    }
}
