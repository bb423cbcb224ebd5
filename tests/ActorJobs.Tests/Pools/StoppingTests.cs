using ActorJobs.TestKit.Nodes;

namespace ActorJobs.Tests.Pools;

/// <summary>Attempts that are told to stop, and what becomes of those that do not listen.</summary>
public sealed class StoppingTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly ScriptedKind deaf = new("deaf", options => options.Backoff = new Backoff.Fixed(TimeSpan.FromSeconds(10)));
    private readonly ScriptedKind listening = new("listening") { ListensToCancellation = true };

    [Fact]
    public async Task An_attempt_beyond_its_timeout_is_abandoned_fenced_and_loses_its_slot()
    {
        await using var node = await StartAsync();
        var late = await node.SubmitAsync(deaf.Request("late") with { Timeout = TimeSpan.FromSeconds(2) });
        var next = await node.SubmitAsync(deaf.Request("next"));

        node.Advance(TimeSpan.FromSeconds(2));

        var view = await node.ViewAsync(late);
        Assert.Equal((JobStatus.Retryable, AttemptOutcome.TimedOut, "TimedOut"), (view.State, view.Attempts[0].Outcome, view.Error!.Type));
        Assert.True(deaf.Begun[0].Context.Cancellation.IsCancellationRequested);
        Assert.Equal(JobStatus.Running, (await node.ViewAsync(next)).State);

        deaf.Begun[0].Complete("too late");
        node.Run();
        Assert.Equal(JobStatus.Retryable, (await node.ViewAsync(late)).State);

        deaf.Begun[1].Complete();
        node.Advance(TimeSpan.FromSeconds(10));
        deaf.Begun[2].Complete("in time");
        Assert.Equal("\"in time\"", (await node.UntilAsync(late, JobStatus.Completed)).Result.ToString());
        Assert.Equal(["submitted", "attempt-ended", "staged", "completed"], await node.HistoryAsync(late));
    }

    [Fact]
    public async Task An_abandoned_attempt_cannot_save_a_checkpoint()
    {
        await using var node = await StartAsync();
        await node.SubmitAsync(deaf.Request() with { Timeout = TimeSpan.FromSeconds(2) });
        node.Advance(TimeSpan.FromSeconds(2));

        var saving = deaf.Begun[0].Context.SaveCheckpointAsync(1).AsTask();

        await Assert.ThrowsAsync<OperationCanceledException>(() => node.DriveAsync(saving));
    }

    [Fact]
    public async Task A_cancelled_attempt_that_listens_ends_at_once()
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(listening.Request());

        Assert.Equal(new JobCommandResult.Done(JobStatus.Running), await node.DriveAsync(node.Client.CancelAsync(id, "enough")));

        var view = await node.UntilAsync(id, JobStatus.Cancelled);
        Assert.Equal(AttemptOutcome.Cancelled, Assert.Single(view.Attempts).Outcome);
        Assert.Equal(["submitted", "cancel-requested", "cancelled"], await node.HistoryAsync(id));
        Assert.Equal(0, Assert.Single(await node.Control.ListPoolsAsync()).Busy);
    }

    [Fact]
    public async Task A_cancelled_attempt_that_does_not_listen_is_abandoned_after_its_grace()
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(deaf.Request("deaf"));
        var next = await node.SubmitAsync(deaf.Request("next"));
        await node.DriveAsync(node.Client.CancelAsync(id));

        node.Advance(Grace - Tick);
        Assert.Equal(JobStatus.Running, (await node.ViewAsync(id)).State);
        node.Advance(2 * Tick);

        Assert.Equal(JobStatus.Cancelled, (await node.ViewAsync(id)).State);
        Assert.Equal(JobStatus.Running, (await node.ViewAsync(next)).State);
        deaf.Begun[0].Complete("too late");
        node.Run();
        Assert.Equal(["submitted", "cancel-requested", "cancelled"], await node.HistoryAsync(id));
    }

    [Fact]
    public async Task A_result_brought_after_the_request_to_stop_counts()
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(deaf.Request());
        await node.DriveAsync(node.Client.CancelAsync(id));

        deaf.Begun[0].Complete("done before I heard");

        await node.UntilAsync(id, JobStatus.Completed);
    }

    [Fact]
    public async Task A_failure_after_the_request_to_stop_is_no_reason_to_retry()
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(deaf.Request());
        await node.DriveAsync(node.Client.CancelAsync(id));

        deaf.Begun[0].Throw(new InvalidOperationException("interrupted in the middle"));

        await node.UntilAsync(id, JobStatus.Cancelled);
    }

    [Fact]
    public async Task A_job_that_waits_is_cancelled_at_once_and_never_runs()
    {
        await using var node = await StartAsync();
        await node.SubmitAsync(deaf.Request("running"));
        var available = await node.SubmitAsync(deaf.Request("available"));
        var scheduled = await node.SubmitAsync(deaf.Request("scheduled") with { RunAt = node.Time.GetUtcNow().AddSeconds(5) });
        foreach (var id in new[] { available, scheduled })
            Assert.Equal(new JobCommandResult.Done(JobStatus.Cancelled), await node.DriveAsync(node.Client.CancelAsync(id)));

        deaf.Begun[0].Throw(new InvalidOperationException());
        await node.UntilAsync(new JobId("running"), JobStatus.Retryable);
        await node.DriveAsync(node.Client.CancelAsync(new JobId("running")));
        node.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["running"], deaf.Order);
        Assert.Equal(3, (await node.Queries.ListAsync(new(State: JobStatus.Cancelled), null, 10)).Items.Count);
    }

    [Fact]
    public async Task Cancelling_again_changes_nothing_and_what_has_ended_refuses()
    {
        await using var node = await StartAsync();
        var cancelled = await node.SubmitAsync(deaf.Request() with { RunAt = node.Time.GetUtcNow().AddHours(1) });
        var completed = await node.SubmitAsync(JobRequest.Of("builtin.echo", 1));
        await node.DriveAsync(node.Client.CancelAsync(cancelled));

        Assert.Equal(new JobCommandResult.Done(JobStatus.Cancelled), await node.DriveAsync(node.Client.CancelAsync(cancelled)));
        Assert.Equal(
            JobStatus.Completed, Assert.IsType<JobCommandResult.Refused>(await node.DriveAsync(node.Client.CancelAsync(completed))).State);
        Assert.IsType<JobCommandResult.NotFound>(await node.DriveAsync(node.Client.CancelAsync(new JobId("unknown"))));
        Assert.IsType<JobCommandResult.NotFound>(await node.DriveAsync(node.Client.CancelAsync(new JobId("no id!"))));
        Assert.Equal(["submitted", "cancelled"], await node.HistoryAsync(cancelled));
    }

    private Task<TestNode> StartAsync() => TestNode.StartAsync(new TestNodeSetup { Kinds = [deaf.Kind, listening.Kind], Slots = 1 });
}
