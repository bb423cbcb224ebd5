using System.Net;
using System.Text.RegularExpressions;
using ActorJobs.Client;
using ActorJobs.Server.Tests.Engine;

namespace ActorJobs.Server.Tests.Pages;

/// <summary>The pages of dead letters, as a browser without scripts uses them, on the real engine.</summary>
public sealed partial class DeadLetterPageTests
{
    [Fact]
    public async Task A_group_is_looked_at_tried_with_an_edit_and_taken_back()
    {
        await using var host = await EngineHost.StartAsync();
        var ids = await DieAsync(host, "no user 1", "no user 22", "<b>paper</b> is out");
        await host.Client.PauseQueueAsync("q");
        using var browser = NewBrowser(host);

        var list = await browser.GetStringAsync("/dead");
        var group = (await host.Client.ListDeadGroupsAsync()).Items[0].Signature;
        var page = await browser.GetStringAsync($"/dead/{group}");
        using var preview = await SubmitAsync(browser, page, $"/dead/{group}/retry", ("do", "preview"), ("limit", "1"), ("edit", """{"times":0}"""));
        var previewed = await preview.Content.ReadAsStringAsync();
        using var retry = await SubmitAsync(browser, page, $"/dead/{group}/retry", ("do", "retry"), ("reason", "user is back"), ("edit", """{"times":0}"""));
        var action = retry.Headers.Location!.OriginalString;
        await host.EndOfAsync(action["/jobs/".Length..]);
        var retried = await host.Client.GetJobAsync(ids[0]);
        using var undo = await SubmitAsync(browser, await browser.GetStringAsync(action), $"/dead/actions/{action["/jobs/".Length..]}/undo", ("reason", "not yet"));
        await host.EndOfAsync(undo.Headers.Location!.OriginalString["/jobs/".Length..]);

        Assert.Contains("href=\"/dead\"", list, StringComparison.Ordinal);
        Assert.Contains($"href=\"/dead/{group}\"", list, StringComparison.Ordinal);
        Assert.Contains("no user #", list, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>paper", list, StringComparison.Ordinal);
        Assert.Contains("2 jobs", page, StringComparison.Ordinal);
        Assert.Contains(ids[0], page, StringComparison.Ordinal);
        Assert.DoesNotContain(ids[2], page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, preview.StatusCode);
        Assert.Contains("1 job", previewed, StringComparison.Ordinal);
        Assert.Contains("&quot;times&quot;: 0", previewed, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, retry.StatusCode);
        Assert.Equal(("Available", 0), (retried.State, retried.Args!.Value.GetProperty("times").GetInt32()));
        Assert.Equal("Discarded", (await host.Client.GetJobAsync(ids[0])).State);
        Assert.Contains((await host.Client.ListAuditAsync()).Items, entry => entry is { Action: "jobs.undo", Reason: "not yet" });
    }

    [Theory]
    [InlineData("edit", "{", "no JSON")]
    [InlineData("edit", "[1]", "JSON object")]
    [InlineData("limit", "many", "whole number")]
    [InlineData("limit", "0", "1 to 100000")]
    [InlineData("perSecond", "fast", "per second")]
    public async Task What_is_typed_wrong_is_said_and_kept_and_nothing_is_done(string field, string typed, string said)
    {
        await using var host = await EngineHost.StartAsync();
        var ids = await DieAsync(host, "no user 1");
        using var browser = NewBrowser(host);
        var group = (await host.Client.ListDeadGroupsAsync()).Items[0].Signature;

        using var answer = await SubmitAsync(browser, await browser.GetStringAsync($"/dead/{group}"), $"/dead/{group}/retry", ("do", "retry"), (field, typed));
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode(typed), text, StringComparison.Ordinal);
        Assert.Equal("Discarded", (await host.Client.GetJobAsync(ids[0])).State);
    }

    [Fact]
    public async Task A_group_is_dismissed_and_gone_from_the_list_that_leads_to_groups()
    {
        await using var host = await EngineHost.StartAsync();
        await DieAsync(host, "no user 1", "no user 2");
        using var browser = NewBrowser(host);
        var group = (await host.Client.ListDeadGroupsAsync()).Items[0].Signature;
        var jobs = await browser.GetStringAsync($"/jobs?state=Discarded&signature={group}");

        using var dismissed = await SubmitAsync(browser, await browser.GetStringAsync($"/dead/{group}?queue=q"), $"/dead/{group}/dismiss?queue=q");
        await host.EndOfAsync(dismissed.Headers.Location!.OriginalString["/jobs/".Length..]);

        Assert.Contains("Dead letters by error", jobs, StringComparison.Ordinal);
        Assert.Contains("No dead letters.", await browser.GetStringAsync("/dead"), StringComparison.Ordinal);
        Assert.Contains("No dead letters of this group", await browser.GetStringAsync($"/dead/{group}"), StringComparison.Ordinal);
    }

    private static async Task<string[]> DieAsync(EngineHost host, params string[] messages)
    {
        var batch = await host.Client.SubmitManyAsync(
            [.. messages.Select(message => SubmitJob.Of("builtin.fail", new { times = 99, message }) with { Queue = "q", MaxAttempts = 1 })]);
        foreach (var id in batch.Ids)
            await host.EndOfAsync(id!);
        return [.. batch.Ids.Select(id => id!)];
    }

    private static HttpClient NewBrowser(EngineHost host) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Http.BaseAddress };

    private static async Task<HttpResponseMessage> SubmitAsync(HttpClient browser, string page, string action, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", Token().Match(page).Groups[1].Value)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await browser.PostAsync(action, content);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
