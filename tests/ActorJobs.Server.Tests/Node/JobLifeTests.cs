using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Node;

/// <summary>The life of jobs as a user drives it: a real process, a real file, HTTP.</summary>
public sealed class JobLifeTests : IAsyncLifetime
{
    private static readonly BackoffRule AtOnce = new() { Type = "fixed", Delay = TimeSpan.FromMilliseconds(10) };

    private NodePlace node = null!;

    public async ValueTask InitializeAsync() => node = await NodePlace.StartNewAsync();

    public ValueTask DisposeAsync() => node.DisposeAsync();

    [Fact]
    public async Task A_job_is_submitted_watched_and_completed()
    {
        var receipt = await node.Client.SubmitAsync(SubmitJob.Of("builtin.echo", new { greeting = "hello" }));

        var job = await node.UntilAsync(receipt.Id, job => job.HasEnded());

        Assert.Equal(("fsync", true), (receipt.Durability, receipt.IsNew));
        Assert.Equal("Completed", job.State);
        Assert.Equal("hello", job.Result!.Value.GetProperty("greeting").GetString());
        Assert.Equal("Completed", Assert.Single((await node.Client.GetJobAsync(receipt.Id)).Attempts).Outcome);
    }

    [Fact]
    public async Task A_running_job_is_cancelled()
    {
        var receipt = await node.Client.SubmitAsync(SubmitJob.Of("builtin.sleep", new { ms = 600_000 }));
        await node.UntilAsync(receipt.Id, job => job.State == "Running");

        await node.Client.CancelAsync(receipt.Id, "not needed");

        var job = await node.UntilAsync(receipt.Id, job => job.HasEnded());
        Assert.Equal("Cancelled", job.State);
    }

    [Fact]
    public async Task A_job_that_fails_three_times_is_a_dead_letter_and_completes_with_other_arguments()
    {
        var receipt = await node.Client.SubmitAsync(
            SubmitJob.Of("builtin.fail", new { times = 100, message = "no such printer" }) with { MaxAttempts = 3, Backoff = AtOnce });
        var dead = await node.UntilAsync(receipt.Id, job => job.HasEnded());
        Assert.Equal(("Discarded", "no such printer"), (dead.State, dead.Error!.Message));
        Assert.Equal(["Failed", "Failed", "Failed"], (await node.Client.GetJobAsync(receipt.Id)).Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal([receipt.Id], (await node.Client.ListJobsAsync(new JobQuery { State = "Discarded" })).Items.Select(job => job.Id));

        await node.Client.RetryAsync(receipt.Id, JsonSerializer.SerializeToElement(new { times = 0 }));

        var job = await node.UntilAsync(receipt.Id, job => job.State == "Completed");
        Assert.Equal((4, 0), (job.Attempt, job.Args!.Value.GetProperty("times").GetInt32()));
        Assert.Empty((await node.Client.ListJobsAsync(new JobQuery { State = "Discarded" })).Items);
    }

    [Fact]
    public async Task A_full_queue_answers_429_and_when_to_come_back()
    {
        await node.Client.ChangeQueueAsync("tiny", new ChangeQueue(Capacity: 2, Paused: true));
        for (var job = 0; job < 2; job++)
            await node.Client.SubmitAsync(SubmitJob.Of("builtin.echo", job) with { Queue = "tiny" });

        var refusal = await Assert.ThrowsAsync<ActorJobsApiException>(() => node.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 3) with { Queue = "tiny" }));

        Assert.Equal(429, (int)refusal.Status);
        Assert.True(refusal.RetryAfter > TimeSpan.Zero, $"Retry-After is {refusal.RetryAfter}.");
        Assert.Equal("queue-full", refusal.Problem!.Type!.Split('/', ':')[^1]);
    }
}
