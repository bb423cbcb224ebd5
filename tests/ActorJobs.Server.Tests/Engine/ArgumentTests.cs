using System.Net;
using System.Text;
using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Engine;

/// <summary>Arguments that can never work are refused to whoever sends them, by name.</summary>
public sealed class ArgumentTests
{
    [Theory]
    [InlineData("builtin.sleep", """{"ms":-5}""", "/args/ms", "'ms' is -5; allowed: 0 to 86400000.")]
    [InlineData("builtin.sleep", """{"ms":"abc"}""", "/args/ms", "'ms': Expected a whole number from -2147483648 to 2147483647, found the string \"abc\".")]
    [InlineData("builtin.sleep", "{}", "/args", "Required and not there: 'ms'.")]
    [InlineData("builtin.http", """{"url":"notaurl"}""", "/args/url", "'notaurl' is no http or https address; allowed: for instance https://example.com/hook.")]
    [InlineData("builtin.http", """{"url":"file:///etc/passwd"}""", "/args/url", "'file:///etc/passwd' is no http or https address; allowed: for instance https://example.com/hook.")]
    [InlineData("builtin.http", """{"url":"http://a.example","method":"GE T"}""", "/args/method", "'GE T' is no HTTP method; allowed: for instance POST.")]
    [InlineData("builtin.fail", """{"times":-3}""", "/args/times", "'times' is -3; allowed: 0 to 2147483647.")]
    public async Task They_are_not_accepted(string kind, string args, string place, string detail)
    {
        await using var host = await EngineHost.StartAsync();

        var one = await PostAsync(host, "/api/v1/jobs", $$"""{"kind":"{{kind}}","args":{{args}}}""");
        var node = await PostAsync(host, "/api/v1/workflows", $$"""{"jobs":[{"key":"a","kind":"{{kind}}","args":{{args}}}]}""");

        Assert.Equal((400, "invalid-arguments", place, detail), one);
        Assert.Equal((400, "invalid-arguments", "/jobs/0" + place, detail), node);
    }

    [Fact]
    public async Task A_dead_letter_takes_no_arguments_that_do_not_fit_and_stays_what_it_was()
    {
        await using var host = await EngineHost.StartAsync();
        var id = (await host.Client.SubmitAsync(SubmitJob.Of("builtin.fail", new { times = 9 }) with { MaxAttempts = 1 })).Id;
        var before = await host.EndOfAsync(id);

        var refused = await PostAsync(host, $"/api/v1/jobs/{id}/retry", """{"args":{"times":"never"}}""");
        var after = await host.Client.GetJobAsync(id);
        var taken = await PostAsync(host, $"/api/v1/jobs/{id}/retry", """{"args":{"times":0}}""");
        var end = await host.EndOfAsync(id);

        Assert.Equal((400, "invalid-arguments", "/args/times"), (refused.Status, refused.Code, refused.Pointer));
        Assert.Equal((before.State, before.Attempt, before.Args.ToString()), (after.State, after.Attempt, after.Args.ToString()));
        Assert.Equal((200, "Completed"), (taken.Status, end.State));
    }

    [Theory]
    [InlineData("""{"times":"abc"}""", 1, "/args/times", "found the string \"abc\"")]
    [InlineData("""{"times":-1}""", 1, "/args/times", "allowed: 0 to 2147483647")]
    [InlineData("""{"times":0}""", 0, null, null)]
    public async Task A_dry_run_says_which_edits_would_be_refused(string edit, int refused, string? place, string? words)
    {
        await using var host = await EngineHost.StartAsync();
        var id = (await host.Client.SubmitAsync(SubmitJob.Of("builtin.fail", new { times = 9 }) with { MaxAttempts = 1, Tags = ["night"] })).Id;
        await host.EndOfAsync(id);

        var dry = await host.Client.RunBulkAsync(new BulkAction
        {
            Action = "retry",
            Filter = new BulkFilter(Tag: "night"),
            Edit = System.Text.Json.JsonDocument.Parse(edit).RootElement,
            DryRun = true,
        });

        var shown = Assert.Single(dry.Edits);
        Assert.Equal((1, refused, id), (dry.Count, dry.RefusedEdits, shown.Id));
        Assert.Equal((refused == 0 ? null : "invalid-arguments", place), (shown.Problem?.Code, shown.Problem?.Field));
        Assert.Contains(words ?? "", shown.Problem?.Detail ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bulk_retry_leaves_alone_what_its_edit_would_break()
    {
        await using var host = await EngineHost.StartAsync();
        var id = (await host.Client.SubmitAsync(SubmitJob.Of("builtin.fail", new { times = 9 }) with { MaxAttempts = 1, Tags = ["night"] })).Id;
        await host.EndOfAsync(id);
        using var content = new StringContent("""{"action":"retry","filter":{"tag":"night"},"edit":{"times":-1}}""", Encoding.UTF8, "application/json");

        var (_, receipt, _) = await FrontDoorHost.ReadAsync(await host.Http.PostAsync("/api/v1/jobs/actions", content));
        var done = await host.EndOfAsync(receipt.GetProperty("id").GetString()!);
        var after = await host.Client.GetJobAsync(id);

        Assert.Equal((0, 1), (done.Result!.Value.GetProperty("changed").GetInt32(), done.Result.Value.GetProperty("refused").GetInt32()));
        Assert.Equal(("Discarded", 1), (after.State, after.Attempt));
    }

    [Fact]
    public async Task What_has_ended_is_said_once()
    {
        await using var host = await EngineHost.StartAsync();
        var id = (await host.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1))).Id;
        await host.EndOfAsync(id);

        var refusal = await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.CancelAsync(id));

        Assert.Equal((HttpStatusCode.Conflict, "The job has ended as Completed."), (refusal.Status, refusal.Problem!.Detail));
    }

    private static async Task<(int Status, string? Code, string? Pointer, string? Detail)> PostAsync(EngineHost host, string address, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var (status, answer, _) = await FrontDoorHost.ReadAsync(await host.Http.PostAsync(address, content));
        return (status, Text("code"), Text("pointer"), Text("detail"));

        string? Text(string name) => answer.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
