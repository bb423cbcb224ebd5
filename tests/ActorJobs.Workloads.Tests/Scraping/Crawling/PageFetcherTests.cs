using System.IO.Compression;
using System.Text;
using ActorJobs.Workloads.Scraping.Crawling;
using static ActorJobs.Workloads.Tests.Scraping.Crawling.FetchBed;

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
    [InlineData("one ,two ,three", 0, true)]
    [InlineData("one ,two ,", 0, true)] // an empty member last
    [InlineData("one ,two ,three", 1, false)]
    [InlineData("one ,two ,three", 9, false)] // in the last member's content
    [InlineData("one", 1, false)]
    public async Task A_gzip_body_may_have_several_members_and_ends_with_the_last(string members, int missing, bool isWhole)
    {
        var wire = members.Split(',').SelectMany(member => member.Length == 0 ? EmptyMember : Compress("gzip", Encoding.UTF8.GetBytes(member))).ToArray();
        await using var site = await SiteAsync(async context =>
        {
            context.Response.ContentType = Html;
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync(wire.AsMemory(0, wire.Length - missing));
        });

        var result = await FetchAsync(site.Root);

        if (isWhole)
            Assert.Equal(members.Replace(",", "", StringComparison.Ordinal), Assert.IsType<FetchResult.Page>(result).Content.Text);
        else
            Assert.IsType<FetchResult.Transient>(result);
    }

    // what "gzip < /dev/null" writes: this framework's stream writes nothing at all for nothing
    private static readonly byte[] EmptyMember = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

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

    private static byte[] Compress(string coding, byte[] content)
    {
        using var target = new MemoryStream();
        using (Stream stream = coding == "br" ? new BrotliStream(target, CompressionLevel.Fastest) : new GZipStream(target, CompressionLevel.Fastest))
            stream.Write(content);
        return target.ToArray();
    }
}
