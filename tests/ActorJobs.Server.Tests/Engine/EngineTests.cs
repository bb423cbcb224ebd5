using System.Net;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Engine;

/// <summary>The way of jobs through the front door and the real engine.</summary>
public sealed class EngineTests
{
    [Fact]
    public async Task A_job_runs_and_shows_its_result_attempts_and_history()
    {
        await using var host = await EngineHost.StartAsync();

        var receipt = await host.Client.SubmitAsync(SubmitJob.Of("builtin.echo", new { Hello = "world" }) with { Tags = ["greeting"] });
        var job = await host.EndOfAsync(receipt.Id);
        var history = await host.Client.GetJobEventsAsync(receipt.Id);
        var listed = await host.Client.ListJobsAsync(new JobQuery { State = "Completed", Tag = "greeting" });
        var page = await host.Http.GetStringAsync($"/jobs/{receipt.Id}");

        Assert.Equal("Completed", job.State);
        Assert.Equal("world", job.Result!.Value.GetProperty("hello").GetString());
        Assert.Equal("Completed", Assert.Single(job.Attempts).Outcome);
        Assert.Equal(Enumerable.Range(1, history.Items.Count), history.Items.Select(item => (int)item.Version));
        Assert.Equal(receipt.Id, Assert.Single(listed.Items).Id);
        Assert.Contains("builtin.echo", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_job_is_retried_with_other_arguments()
    {
        await using var host = await EngineHost.StartAsync();

        var receipt = await host.Client.SubmitAsync(SubmitJob.Of("builtin.fail", new { Times = 9, Message = "not yet" }) with { MaxAttempts = 1 });
        var dead = await host.EndOfAsync(receipt.Id);
        var page = await host.Http.GetStringAsync($"/jobs/{receipt.Id}");
        await host.Client.RetryAsync(receipt.Id, JsonElement.Parse("""{"times":0}"""));
        var alive = await host.EndOfAsync(receipt.Id);

        Assert.Equal(("Discarded", "not yet"), (dead.State, dead.Error!.Message));
        Assert.Contains("not yet", page, StringComparison.Ordinal);
        Assert.Equal("Completed", alive.State);
    }

#if !DEBUG
    [Fact]
    public async Task A_failed_jobs_stack_trace_names_files_of_the_repository_and_nothing_of_the_machine_that_built_it()
    {
        await using var host = await EngineHost.StartAsync();

        var receipt = await host.Client.SubmitAsync(SubmitJob.Of("builtin.fail", new { Times = 9 }) with { MaxAttempts = 1 });
        var stack = (await host.EndOfAsync(receipt.Id)).Error!.Stack!;
        var page = await host.Http.GetStringAsync($"/jobs/{receipt.Id}");

        Assert.Contains(" in ./src/ActorJobs/Builtin/FailHandler.cs:line ", stack, StringComparison.Ordinal);
        Assert.DoesNotContain(Repository.Root, stack, StringComparison.Ordinal);
        Assert.DoesNotContain(Repository.Root, page, StringComparison.Ordinal);
    }
#endif

    [Fact]
    public async Task A_retry_by_hand_begins_the_count_of_attempts_anew()
    {
        await using var host = await EngineHost.StartAsync();

        var receipt = await host.Client.SubmitAsync(SubmitJob.Of("builtin.fail", new { Times = 1, Message = "not yet" }) with { MaxAttempts = 1 });
        await host.EndOfAsync(receipt.Id);
        var dead = await host.Http.GetStringAsync($"/jobs/{receipt.Id}");
        await host.Client.RetryAsync(receipt.Id, JsonElement.Parse("""{"times":9,"message":"not yet"}"""));
        await host.EndOfAsync(receipt.Id);
        var again = await host.Http.GetStringAsync($"/jobs/{receipt.Id}");

        Assert.Contains("1 (1 of 1 used)", dead, StringComparison.Ordinal);
        Assert.Contains("2 (1 of 1 used)", again, StringComparison.Ordinal);
        Assert.DoesNotContain("of at most", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draining_queue_says_that_it_drains()
    {
        await using var host = await EngineHost.StartAsync();
        await host.Client.DrainQueueAsync("default");

        var refused = await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1)));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Contains("draining", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_batch_under_a_key_makes_nothing_twice()
    {
        await using var host = await EngineHost.StartAsync();
        SubmitJob[] jobs = [.. Enumerable.Range(0, 500).Select(number => SubmitJob.Of("builtin.echo", number))];

        var first = await host.Client.SubmitManyAsync(jobs, "batch-1");
        var second = await host.Client.SubmitManyAsync(jobs, "batch-1");
        var other = await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.SubmitManyAsync([.. jobs.Skip(1)], "batch-1"));

        Assert.Equal(500, first.Ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(first.Ids, second.Ids);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
    }

    [Fact]
    public async Task A_draining_queue_is_not_called_full_and_no_queue_is_closed_by_its_capacity()
    {
        await using var host = await EngineHost.StartAsync();
        using var drained = await host.Http.PostAsync("/api/v1/queues/leaving/drain", null);
        drained.EnsureSuccessStatusCode();

        var draining = await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.SubmitAsync(new SubmitJob { Kind = "builtin.echo", Queue = "leaving" }));
        var closed = await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.ChangeQueueAsync("leaving", new ChangeQueue(Capacity: 0)));

        Assert.Equal((HttpStatusCode.TooManyRequests, "queue-draining"), (draining.Status, draining.Problem!.Code));
        Assert.True(draining.RetryAfter >= TimeSpan.FromSeconds(1), $"Retry-After is {draining.RetryAfter}.");
        Assert.Equal((HttpStatusCode.BadRequest, "out-of-range"), (closed.Status, closed.Problem!.Code));
    }

    [Fact]
    public async Task A_full_queue_answers_with_the_time_to_come_again()
    {
        await using var host = await EngineHost.StartAsync(jobs => jobs.AddQueue("small", queue => queue.Capacity = 2));
        await host.Client.PauseQueueAsync("small");
        var job = new SubmitJob { Kind = "builtin.echo", Queue = "small" };

        await host.Client.SubmitManyAsync([job, job]);
        var refusal = await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.SubmitAsync(job));

        Assert.Equal((HttpStatusCode.TooManyRequests, "queue-full"), (refusal.Status, refusal.Problem!.Code));
        Assert.True(refusal.RetryAfter >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_paused_queue_is_the_reason_why_a_job_waits_and_cancelling_ends_it()
    {
        await using var host = await EngineHost.StartAsync();
        await host.Client.PauseQueueAsync("quiet");

        var receipt = await host.Client.SubmitAsync(new SubmitJob { Kind = "builtin.echo", Queue = "quiet" });
        var why = await host.Client.WhyAsync(receipt.Id);
        await host.Client.CancelAsync(receipt.Id, "not needed");
        var job = await host.EndOfAsync(receipt.Id);

        Assert.Equal("Queue quiet is paused.", why.Summary);
        Assert.Equal("Cancelled", job.State);
    }

    [Theory]
    [InlineData("""{"kind":"builtin.echo","priority":12}""", "/priority")]
    [InlineData("""{"kind":"builtin.echo","backoff":{"type":"exponential","factor":0}}""", "/backoff/factor")]
    [InlineData("""{"kind":"nobody"}""", "/kind")]
    [InlineData("""{"kind":"builtin.echo","id":".."}""", "/id")]
    [InlineData("""{"kind":"builtin.echo","id":"."}""", "/id")]
    public async Task What_the_engine_refuses_is_named_by_its_place(string body, string place)
    {
        await using var host = await EngineHost.StartAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var (status, problem, _) = await FrontDoorHost.ReadAsync(await host.Http.PostAsync("/api/v1/jobs", content));

        Assert.Equal((400, place), (status, problem.GetProperty("pointer").GetString()));
    }

    [Fact]
    public async Task A_started_node_is_ready_and_counts_what_it_did()
    {
        await using var host = await EngineHost.StartAsync();
        var receipt = await host.Client.SubmitAsync(new SubmitJob { Kind = "builtin.echo" });
        await host.EndOfAsync(receipt.Id);

        using var ready = await host.Http.GetAsync("/health/ready");
        Stats? stats = null;
        await foreach (var view in host.Client.WatchStatsAsync())
        {
            stats = view;
            if (view.States.GetValueOrDefault("Completed") == 1)
                break;
        }

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Equal(1, stats!.States["Completed"]);
        Assert.Equal(64, Assert.Single((await host.Client.ListNodesAsync()).Items).Shards);
    }
}
