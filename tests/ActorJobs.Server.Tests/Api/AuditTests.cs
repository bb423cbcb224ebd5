using System.Text;
using ActorJobs.AspNetCore;

namespace ActorJobs.Server.Tests.Api;

/// <summary>Which routes write to the audit log, and what.</summary>
public sealed class AuditTests
{
    private static readonly JobView Waiting = new()
    {
        Id = new JobId("j1"),
        Kind = "mail.send",
        State = JobStatus.Available,
        Queue = "default",
        CreatedAt = FakeEngine.Start,
    };

    [Theory]
    [InlineData("POST", "/api/v1/jobs/j1/cancel", """{"reason":"why not"}""", "job.cancel", "j1", "Done")]
    [InlineData("POST", "/api/v1/jobs/j1/retry", """{"reason":"why not"}""", "job.retry", "j1", "Refused")]
    [InlineData("POST", "/api/v1/jobs/none/promote", """{"reason":"why not"}""", "job.promote", "none", "Refused")]
    [InlineData("POST", "/api/v1/jobs/actions", """{"action":"cancel","filter":{"queue":"q"},"reason":"why not"}""", "jobs.bulk", null, "Done")]
    [InlineData("POST", "/api/v1/queues/default/pause", """{"reason":"why not"}""", "queue.pause", "default", "Done")]
    [InlineData("POST", "/api/v1/queues/default/resume", """{"reason":"why not"}""", "queue.resume", "default", "Done")]
    [InlineData("POST", "/api/v1/queues/default/drain", """{"reason":"why not"}""", "queue.drain", "default", "Done")]
    [InlineData("PATCH", "/api/v1/queues/default", """{"capacity":5}""", "queue.change", "default", "Done")]
    [InlineData("PATCH", "/api/v1/pools/default", """{"size":5}""", "pool.resize", "default", "Done")]
    [InlineData("PUT", "/api/v1/log/levels/A.B", """{"level":"debug","for":"PT5M"}""", "log.level", "A.B", "Done")]
    [InlineData("DELETE", "/api/v1/log/levels/A.B", "", "log.reset", "A.B", "Refused")]
    public async Task Every_action_is_written_before_and_after(string method, string path, string body, string action, string? target, string outcome)
    {
        await using var host = await FrontDoorHost.StartAsync(TestKeys.Settings);
        host.Engine.Put(Waiting);
        using var admin = host.NewHttp(("X-Api-Key", TestKeys.Admin));
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };

        await admin.SendAsync(request);

        var begun = Assert.Single(host.Audit.Begun);
        var ended = Assert.Single(host.Audit.Ended);
        Assert.Equal(("admin", action, target, AuditOutcome.Unknown), (begun.Who, begun.Action, begun.Target, begun.Outcome));
        Assert.Equal((begun.Id, FakeEngine.Start, outcome), (ended.Id, ended.At, ended.Outcome.ToString()));
        Assert.Equal(method == "POST" ? "why not" : null, ended.Reason);
        Assert.Equal(method is "PATCH" or "PUT" || action == "jobs.bulk", ended.Details is not null);
        Assert.Equal(outcome == "Refused", ended.Problem is not null);
    }

    [Fact]
    public async Task What_cannot_be_written_down_is_not_done()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Waiting);
        host.Audit.Failure = new TimeoutException("the store is slow");

        var (status, _, _) = await host.PostAsync("/api/v1/jobs/j1/cancel", "");

        Assert.Equal(503, status);
        Assert.Equal(JobStatus.Available, (await host.Engine.FindAsync(new JobId("j1")))!.State);
    }

    [Fact]
    public async Task Looks_and_submits_are_no_operators_actions()
    {
        await using var host = await FrontDoorHost.StartAsync();

        await host.PostAsync("/api/v1/jobs", """{"kind":"mail.send"}""");
        await host.GetAsync("/api/v1/queues");

        Assert.Empty(host.Audit.Begun);
    }

    [Theory]
    [InlineData(TestKeys.Viewer, 403)]
    [InlineData(TestKeys.Operator, 200)]
    public async Task Operators_read_it(string key, int expected)
    {
        await using var host = await FrontDoorHost.StartAsync(TestKeys.Settings);
        using var http = host.NewHttp(("X-Api-Key", key));

        var (status, _, _) = await FrontDoorHost.ReadAsync(await http.GetAsync("/api/v1/audit?limit=5"));

        Assert.Equal(expected, status);
    }

    [Theory]
    [InlineData("?limit=0", "invalid-limit")]
    [InlineData("?who=me", "unknown-parameter")]
    public async Task A_wrong_question_is_refused(string query, string code)
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (status, problem, _) = await host.GetAsync("/api/v1/audit" + query);

        Assert.Equal((400, code), (status, problem.GetProperty("code").GetString()));
    }
}
