using System.Net;
using System.Text.RegularExpressions;

namespace ActorJobs.Server.Tests.Pages;

public sealed partial class FormTests
{
    private static readonly JobView Dead = new()
    {
        Id = new JobId("j1"),
        Kind = "mail.send",
        State = JobStatus.Discarded,
        Queue = "default",
        CreatedAt = FakeEngine.Start,
        Args = RawJson.Parse("1"),
    };

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    private static HttpClient NewBrowser(FrontDoorHost host) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };

    private static async Task<HttpResponseMessage> SubmitAsync(HttpClient browser, string page, string action, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await browser.GetStringAsync(page)).Groups[1].Value;
        using var content = new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await browser.PostAsync(action, content);
    }

    [Fact]
    public async Task A_button_does_its_work_and_leads_back_to_the_page()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Dead);
        using var browser = NewBrowser(host);

        using var response = await SubmitAsync(browser, "/jobs/j1", "/jobs/j1/retry", ("args", """{"to":"bob"}"""));

        Assert.Equal((HttpStatusCode.SeeOther, "/jobs/j1"), (response.StatusCode, response.Headers.Location!.OriginalString));
        var job = await host.Engine.FindAsync(Dead.Id);
        Assert.Equal((JobStatus.Available, """{"to":"bob"}"""), (job!.State, job.Args.ToString()));
    }

    [Theory]
    [InlineData("/jobs/j1/cancel", "reason", "why not", "job.cancel", "Refused")]
    [InlineData("/jobs/j1/retry", "args", "2", "job.retry", "Done")]
    [InlineData("/queues/default/pause", "", "", "queue.pause", "Done")]
    [InlineData("/queues/default/capacity", "capacity", "7", "queue.change", "Done")]
    [InlineData("/pools/default/size", "size", "0", "pool.resize", "Refused")]
    public async Task Buttons_are_written_to_the_audit_log(string path, string name, string value, string action, string outcome)
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Dead);
        using var browser = NewBrowser(host);

        using var response = await SubmitAsync(browser, "/jobs/j1", path, (name, value));

        var entry = Assert.Single(host.Audit.Ended);
        Assert.Equal((action, "local", outcome), (entry.Action, entry.Who, entry.Outcome.ToString()));
    }

    [Fact]
    public async Task A_form_without_the_token_of_its_page_changes_nothing()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Dead);
        using var browser = NewBrowser(host);
        await browser.GetStringAsync("/jobs/j1");

        using var content = new FormUrlEncodedContent([]);
        using var response = await browser.PostAsync("/jobs/j1/retry", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(JobStatus.Discarded, (await host.Engine.FindAsync(Dead.Id))!.State);
    }

    [Fact]
    public async Task Arguments_that_are_no_JSON_come_back_to_be_mended()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Dead);
        using var browser = NewBrowser(host);

        using var response = await SubmitAsync(browser, "/jobs/j1", "/jobs/j1/retry", ("args", "{my draft"));
        var html = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("{my draft", html, StringComparison.Ordinal);
        Assert.Contains("This is no JSON: line 1", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queues_are_steered_from_their_page()
    {
        await using var host = await FrontDoorHost.StartAsync();
        using var browser = NewBrowser(host);

        using var paused = await SubmitAsync(browser, "/queues", "/queues/default/pause");
        using var bounded = await SubmitAsync(browser, "/queues", "/queues/default/capacity", ("capacity", "7"));
        using var refused = await SubmitAsync(browser, "/queues", "/pools/default/size", ("size", "0"));

        var queue = (await host.Engine.FindQueueAsync("default", default))!;
        Assert.Equal((true, 7), (queue.Paused, queue.Capacity));
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.BadRequest), (paused.StatusCode, bounded.StatusCode, refused.StatusCode));
    }

    [Fact]
    public async Task A_browser_without_a_key_is_led_to_the_log_in_and_back()
    {
        await using var host = await FrontDoorHost.StartAsync(TestKeys.Settings);
        using var browser = NewBrowser(host);

        using var turned = await browser.GetAsync("/jobs?state=Running");
        using var wrong = await SubmitAsync(browser, "/login", "/login", ("key", "nobody's"), ("next", "/jobs"));
        using var right = await SubmitAsync(browser, "/login", "/login", ("key", TestKeys.Viewer), ("next", "/jobs?state=Running"));
        using var shown = await browser.GetAsync("/jobs");

        Assert.Equal((HttpStatusCode.Redirect, "/login?next=%2Fjobs%3Fstate%3DRunning"), (turned.StatusCode, turned.Headers.Location!.OriginalString));
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal("/jobs?state=Running", right.Headers.Location!.OriginalString);
        var cookie = right.Headers.GetValues("Set-Cookie").Single(header => header.StartsWith("actorjobs-session=", StringComparison.Ordinal));
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(TestKeys.Viewer, cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/\t/evil.example/")]
    [InlineData("/\n/evil.example/")]
    public async Task The_log_in_leads_to_no_other_site(string next)
    {
        await using var host = await FrontDoorHost.StartAsync(TestKeys.Settings);
        using var browser = NewBrowser(host);

        using var response = await SubmitAsync(browser, "/login", "/login", ("key", TestKeys.Viewer), ("next", next));

        Assert.Equal("/", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_viewer_sees_no_buttons_and_cannot_press_them()
    {
        await using var host = await FrontDoorHost.StartAsync(TestKeys.Settings);
        host.Engine.Put(Dead);
        using var browser = NewBrowser(host);
        using var login = await SubmitAsync(browser, "/login", "/login", ("key", TestKeys.Viewer));

        var html = await browser.GetStringAsync("/jobs/j1");
        using var response = await SubmitAsync(browser, "/jobs/j1", "/jobs/j1/retry");

        Assert.DoesNotContain("/jobs/j1/retry", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Logging_out_ends_the_session()
    {
        await using var host = await FrontDoorHost.StartAsync(TestKeys.Settings);
        using var browser = NewBrowser(host);
        using var login = await SubmitAsync(browser, "/login", "/login", ("key", TestKeys.Viewer));

        using var logout = await SubmitAsync(browser, "/", "/logout");
        using var after = await browser.GetAsync("/");

        Assert.Equal(HttpStatusCode.SeeOther, logout.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }
}
