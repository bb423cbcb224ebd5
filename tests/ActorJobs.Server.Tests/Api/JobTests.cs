using System.Net;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Api;

public sealed class JobTests
{
    private static readonly JobView Failed = new()
    {
        Id = new JobId("j1"),
        Kind = "mail.send",
        State = JobStatus.Discarded,
        Queue = "default",
        Priority = 5,
        Attempt = 2,
        MaxAttempts = 2,
        Args = RawJson.Parse("""{"to":"ada"}"""),
        Error = new JobError("SmtpException", "no route", "at Send()"),
        Progress = new JobProgress(0.5, "half way"),
        Attempts = [new JobAttempt(1, "n1", FakeEngine.Start, FakeEngine.Start.AddSeconds(1), AttemptOutcome.TimedOut, null)],
        Log = [new JobLogLine(FakeEngine.Start, "dialling")],
        CreatedAt = FakeEngine.Start,
        FinishedAt = FakeEngine.Start.AddSeconds(2),
        Tags = ["vip"],
        ParentId = new JobId("p"),
    };

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    [Fact]
    public async Task A_job_shows_all_of_itself()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Failed);

        var (status, json, _) = await host.GetAsync("/api/v1/jobs/j1");

        Assert.Equal(200, status);
        Assert.Equal(JsonElement.Parse("""
            {"id":"j1","kind":"mail.send","state":"Discarded","queue":"default","priority":5,"attempt":2,"maxAttempts":2,"args":{"to":"ada"},"result":null,
             "error":{"type":"SmtpException","message":"no route","stack":"at Send()"},"progress":{"fraction":0.5,"message":"half way"},
             "createdAt":"2026-11-22T10:00:00Z","runAt":null,"startedAt":null,"finishedAt":"2026-11-22T10:00:02Z","tenant":null,"tags":["vip"],"meta":{},"parentId":"p","parents":[],"workflowId":null,"scheduleId":null,"actionId":null,
             "attempts":[{"number":1,"node":"n1","startedAt":"2026-11-22T10:00:00Z","finishedAt":"2026-11-22T10:00:01Z","outcome":"TimedOut","error":null}],
             "log":[{"at":"2026-11-22T10:00:00Z","text":"dialling"}]}
            """), json, JsonElement.DeepEquals);
    }

    [Fact]
    public async Task The_typed_client_knows_every_field_of_a_job()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Failed);

        var job = JsonSerializer.Deserialize<Job>(await host.Http.GetStringAsync("/api/v1/jobs/j1"), Strict)!;

        Assert.Equal(("SmtpException", "TimedOut", "dialling"), (job.Error!.Type, job.Attempts[0].Outcome, job.Log[0].Text));
        Assert.True(job.HasEnded());
    }

    [Theory]
    [InlineData("/api/v1/jobs/nobody")]
    [InlineData("/api/v1/jobs/no%20id")]
    [InlineData("/api/v1/jobs/nobody/why")]
    [InlineData("/api/v1/jobs/nobody/events")]
    [InlineData("/api/v1/jobs/nobody/watch")]
    [InlineData("/api/v1/queues/nobody")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (status, problem, _) = await host.GetAsync(path);

        Assert.Equal((404, "not-found"), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Lists_are_filtered_and_go_on_at_the_cursor()
    {
        await using var host = await FrontDoorHost.StartAsync();
        foreach (var number in Enumerable.Range(1, 5))
            host.Engine.Put(Failed with { Id = new JobId($"j{number}"), State = number == 3 ? JobStatus.Available : JobStatus.Discarded });

        var first = await host.Client.ListJobsAsync(new JobQuery { State = "discarded", Tag = "vip", Limit = 3 });
        var second = await host.Client.ListJobsAsync(new JobQuery { State = "Discarded", Limit = 3, Cursor = first.Next });

        Assert.Equal(["j5", "j4", "j2"], first.Items.Select(job => job.Id));
        Assert.Equal(["j1"], second.Items.Select(job => job.Id));
        Assert.Null(second.Next);
    }

    [Theory]
    [InlineData("state=Done", "unknown-state")]
    [InlineData("state=1", "unknown-state")]
    [InlineData("limit=0", "invalid-limit")]
    [InlineData("limit=1001", "invalid-limit")]
    [InlineData("cursor=zzz", "invalid-cursor")]
    [InlineData("stat=Available", "unknown-parameter")]
    public async Task A_wrong_filter_is_refused(string query, string code)
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (status, problem, _) = await host.GetAsync("/api/v1/jobs?" + query);

        Assert.Equal((400, code), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task The_history_goes_on_after_a_version()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Failed with { State = JobStatus.Available });
        host.Engine.Put(Failed with { State = JobStatus.Running });
        host.Engine.Put(Failed);

        var all = await host.Client.GetJobEventsAsync("j1");
        var rest = await host.Client.GetJobEventsAsync("j1", after: 2);

        Assert.Equal(["job.available.v1", "job.running.v1", "job.discarded.v1"], all.Items.Select(item => item.Type));
        Assert.Equal(3, Assert.Single(rest.Items).Version);
    }

    [Fact]
    public async Task Why_says_what_holds_the_job()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Failed with { State = JobStatus.Available });

        var why = await host.Client.WhyAsync("j1");

        Assert.Equal(("It is Available in queue default.", 3L, true), (why.Summary, why.Ahead, why.AheadIsLowerBound));
    }

    [Fact]
    public async Task Commands_answer_with_the_state_they_lead_to()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Failed with { State = JobStatus.Scheduled });

        Assert.Equal("Available", (await host.Client.PromoteAsync("j1")).State);
        Assert.Equal("Cancelled", (await host.Client.CancelAsync("j1", "not needed")).State);
        Assert.Equal("not needed", host.Engine.CancelReason);
        Assert.Equal("Available", (await host.Client.RetryAsync("j1", JsonElement.Parse("""{"to":"bob"}"""))).State);
        Assert.Equal("""{"to":"bob"}""", (await host.Engine.FindAsync(new JobId("j1")))!.Args.ToString());
    }

    [Fact]
    public async Task A_command_needs_no_body()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Failed);

        using var response = await host.Http.PostAsync("/api/v1/jobs/j1/retry", null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Failed.Args.ToString(), (await host.Engine.FindAsync(Failed.Id))!.Args.ToString());
    }

    [Fact]
    public async Task A_command_that_the_state_forbids_is_a_conflict()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Failed);

        var refusal = await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.PromoteAsync("j1"));

        Assert.Equal((HttpStatusCode.Conflict, "wrong-state"), (refusal.Status, refusal.Problem!.Code));
    }
}
