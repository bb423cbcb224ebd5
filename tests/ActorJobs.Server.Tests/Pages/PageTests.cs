using System.Net;
using ActorJobs.AspNetCore;

namespace ActorJobs.Server.Tests.Pages;

public sealed class PageTests
{
    private static readonly JobView Dead = new()
    {
        Id = new JobId("j1"),
        Kind = "mail.send",
        State = JobStatus.Discarded,
        Queue = "default",
        Attempt = 2,
        MaxAttempts = 2,
        Args = RawJson.Parse("""{"subject":"<script>alert(1)</script>"}"""),
        Error = new JobError("<b>Oops</b>", "no <i>route</i>", "at Send()"),
        Attempts = [new JobAttempt(1, "n1", FakeEngine.Start, FakeEngine.Start.AddSeconds(1), AttemptOutcome.Failed, new JobError("SmtpException", "busy", null))],
        Log = [new JobLogLine(FakeEngine.Start, "dialling <host>")],
        CreatedAt = FakeEngine.Start,
        FinishedAt = FakeEngine.Start,
        Tags = ["<tag>"],
        Meta = new Dictionary<string, string> { ["a"] = "<value>" },
    };

    private static readonly AuditEntry Steered = new()
    {
        Id = "01a201ea-25ee-7000-a899-01dccd892fa1",
        At = FakeEngine.Start,
        Who = "<b>Oops</b>",
        Action = "job.cancel",
        Target = "<script>",
        Reason = "<value>",
        Details = "<tag>",
        Outcome = AuditOutcome.Refused,
        Problem = "<host>",
    };

    [Theory]
    [InlineData("/")]
    [InlineData("/jobs")]
    [InlineData("/jobs/j1")]
    [InlineData("/queues")]
    [InlineData("/nodes")]
    [InlineData("/audit")]
    public async Task Pages_run_no_code_of_others_and_may_not_be_framed(string path)
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Dead);
        host.Audit.Ended.Add(Steered);

        using var response = await host.Http.GetAsync(path);
        var html = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        foreach (var forbidden in new[] { " style=", " onclick=", "<style", "javascript:", "<script>", "<i>route", "<b>Oops", "<tag>", "<value>", "<host>" })
            Assert.DoesNotContain(forbidden, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_dead_letter_shows_why_it_died_and_offers_to_try_again()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Dead);

        var html = WebUtility.HtmlDecode(await host.Http.GetStringAsync("/jobs/j1"));

        foreach (var shown in new[] { "<b>Oops</b>", "at Send()", "SmtpException", "dialling <host>", "/jobs/j1/retry", "Retry with these arguments", "<script>alert(1)</script>", "Discarded" })
            Assert.Contains(shown, html, StringComparison.Ordinal);
        Assert.DoesNotContain("/jobs/j1/cancel", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_keep_their_filter_from_page_to_page()
    {
        await using var host = await FrontDoorHost.StartAsync();
        for (var number = 0; number < 60; number++)
            host.Engine.Put(Dead with { Id = new JobId($"j{number}"), Tags = ["a&b"] });

        var first = WebUtility.HtmlDecode(await host.Http.GetStringAsync("/jobs?state=Discarded&tag=a%26b&kind="));
        var next = first.Split("rel=\"next\"")[0].Split("href=\"")[^1].TrimEnd('"', ' ');
        var second = await host.Http.GetStringAsync(next);

        Assert.Contains("tag=a%26b", next, StringComparison.Ordinal);
        Assert.Contains(">j9<", second, StringComparison.Ordinal);
        Assert.DoesNotContain(">j59<", second, StringComparison.Ordinal);
        Assert.Contains(">j59<", first, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/jobs/nobody", HttpStatusCode.NotFound)]
    [InlineData("/jobs?state=Nowhere", HttpStatusCode.BadRequest)]
    [InlineData("/jobs?cursor=zzz", HttpStatusCode.BadRequest)]
    [InlineData("/audit?cursor=zzz", HttpStatusCode.BadRequest)]
    [InlineData("/echoes/nobody", HttpStatusCode.NotFound)]
    public async Task What_cannot_be_shown_is_said_on_a_page(string path, HttpStatusCode expected)
    {
        await using var host = await FrontDoorHost.StartAsync(services: services => services.AddSingleton<IActorJobsModule, TestModule>());

        using var response = await host.Http.GetAsync(path);

        Assert.Equal(expected, response.StatusCode);
        Assert.Contains("<h1>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestKeys.Viewer, HttpStatusCode.Forbidden, false)]
    [InlineData(TestKeys.Operator, HttpStatusCode.OK, true)]
    public async Task The_audit_log_is_for_operators(string key, HttpStatusCode expected, bool isOffered)
    {
        await using var host = await FrontDoorHost.StartAsync(TestKeys.Settings);
        host.Audit.Ended.Add(Steered);
        using var http = host.NewHttp(("X-Api-Key", key));

        using var response = await http.GetAsync("/audit");
        var shown = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        var home = await http.GetStringAsync("/");

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(isOffered, home.Contains("href=\"/audit\"", StringComparison.Ordinal));
        foreach (var part in new[] { "job.cancel", "“<value>”", "Refused", "/jobs/%3Cscript%3E" })
            Assert.Equal(isOffered, shown.Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_nodes_page_shows_who_owns_what_and_since_which_epoch()
    {
        await using var host = await FrontDoorHost.StartAsync();

        var html = WebUtility.HtmlDecode(await host.Http.GetStringAsync("/nodes"));

        foreach (var part in new[] { "node-a", "http://10.0.0.1:8080", "front, work", "Store away", "3 <span class=\"quiet-text\">of 8</span>", "default 3/4", "0–1, 3", "Shard 3: node-a, epoch 7", "Nobody, for the moment", "? · e0" })
            Assert.Contains(part, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assets_may_be_kept_for_a_year_under_the_address_of_their_content()
    {
        await using var host = await FrontDoorHost.StartAsync(TestKeys.Settings);
        var html = await host.Http.GetStringAsync("/login");

        foreach (var marker in new[] { "href=\"/_actorjobs/style.", "src=\"/_actorjobs/live.", "href=\"/_actorjobs/icon." })
        {
            var path = html[(html.IndexOf(marker, StringComparison.Ordinal) + marker.IndexOf('/', StringComparison.Ordinal))..].Split('"')[0];
            using var response = await host.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("public, max-age=31536000, immutable", response.Headers.CacheControl!.ToString());
        }
    }

    [Fact]
    public async Task Under_a_prefix_every_link_has_it()
    {
        await using var host = await FrontDoorHost.StartAsync(
            services: services => services.AddSingleton<IActorJobsModule, TestModule>(), prefix: "/work");
        host.Engine.Put(Dead);

        var html = await host.Http.GetStringAsync("/work/jobs/j1");
        var (status, _, _) = await host.GetAsync("/work/api/v1/jobs/j1");

        Assert.Equal(200, status);
        Assert.Contains("href=\"/work/echoes\"", html, StringComparison.Ordinal);
        foreach (var attribute in new[] { "href=\"/", "action=\"/", "src=\"/", "data-live=\"/" })
            Assert.All(html.Split(attribute).Skip(1), rest => Assert.StartsWith("work/", rest, StringComparison.Ordinal));
    }
}
