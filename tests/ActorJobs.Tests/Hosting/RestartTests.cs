using ActorJobs.TestKit.Nodes;
using ActorJobs.TestKit.Stores;

namespace ActorJobs.Tests.Hosting;

/// <summary>The end of a node, orderly or not, and what the next one on the same store makes of what it left.</summary>
public sealed class RestartTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly ScriptedKind work = new("work", options => options.Backoff = new Backoff.Fixed(TimeSpan.FromSeconds(10)));

    [Fact]
    public async Task A_node_that_stops_lets_running_attempts_end_and_starts_nothing_more()
    {
        await using var node = await StartAsync(slots: 1);
        var running = await node.SubmitAsync(work.Request());
        var waiting = await node.SubmitAsync(work.Request());

        var stopping = node.Jobs.StopAsync(Deadline);
        node.Run();
        Assert.IsType<SubmitResult.Unavailable>(await node.Client.SubmitAsync(work.Request()));
        work.Begun[0].Complete("in time");
        await node.DriveAsync(stopping);

        Assert.Equal((JobStatus.Completed, JobStatus.Available), ((await node.ViewAsync(running)).State, (await node.ViewAsync(waiting)).State));
        Assert.Single(work.Begun);
    }

    [Fact]
    public async Task What_has_not_ended_by_the_deadline_is_handed_back_with_its_record_and_uses_no_attempt()
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(work.Request() with { MaxAttempts = 1 });
        work.Begun[0].Context.ReportProgress(0.5);
        await node.StopAsync(Deadline);

        Assert.True(work.Begun[0].Context.Cancellation.IsCancellationRequested);
        var interrupted = await node.ViewAsync(id);
        Assert.Equal((JobStatus.Available, AttemptOutcome.Interrupted, 0.5), (interrupted.State, interrupted.Attempts[0].Outcome, interrupted.Progress!.Fraction));

        await using var next = await NextAsync(node);
        work.Begun[0].Complete("too late");
        work.Begun[1].Complete("the second time");
        var view = await next.UntilAsync(id, JobStatus.Completed);
        Assert.Equal([("node-1", AttemptOutcome.Interrupted), ("node-2", AttemptOutcome.Completed)], view.Attempts.Select(attempt => (attempt.Node, attempt.Outcome!.Value)));
        Assert.Equal("\"the second time\"", view.Result.ToString());
        Assert.Equal(["submitted", "attempt-ended", "completed"], await next.HistoryAsync(id));
    }

    [Fact]
    public async Task An_attempt_that_listens_ends_as_interrupted_and_not_as_cancelled()
    {
        var listening = new ScriptedKind("listening") { ListensToCancellation = true };
        await using var node = await TestNode.StartAsync(new TestNodeSetup { Kinds = [listening.Kind] });
        var id = await node.SubmitAsync(listening.Request());

        await node.StopAsync(Deadline);

        Assert.Equal((JobStatus.Available, AttemptOutcome.Interrupted), await node.ViewAsync(id) is var view ? (view.State, view.Attempts[0].Outcome) : default);
    }

    [Fact]
    public async Task A_node_stops_at_once_when_nothing_runs()
    {
        await using var node = await StartAsync();
        await node.SubmitAsync(JobRequest.Of("builtin.echo", 1));
        node.Run();

        var stopping = node.Jobs.StopAsync(Deadline);
        await node.DriveAsync(stopping);

        Assert.True(stopping.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task The_attempts_of_a_node_that_died_are_lost_and_count()
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(work.Request() with { MaxAttempts = 2 });
        node.Kill();
        await using var second = await NextAsync(node);
        Assert.Equal((JobStatus.Running, 2), await second.ViewAsync(id) is var view ? (view.State, view.Attempt) : default);
        second.Kill();
        await using var third = await NextAsync(second, "node-3");

        var dead = await third.UntilAsync(id, JobStatus.Discarded);
        Assert.Equal([("node-1", AttemptOutcome.Lost), ("node-2", AttemptOutcome.Lost)], dead.Attempts.Select(attempt => (attempt.Node, attempt.Outcome!.Value)));
        Assert.Equal("Lost", dead.Error!.Type);
        Assert.Equal(2, work.Begun.Count);
    }

    [Fact]
    public async Task The_outcome_of_a_lost_attempt_changes_nothing()
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(work.Request());
        node.Kill();
        await using var next = await NextAsync(node);

        work.Begun[0].Complete("from the dead");
        next.Run();
        Assert.Equal(JobStatus.Running, (await next.ViewAsync(id)).State);
        work.Begun[1].Complete("alive");

        Assert.Equal("\"alive\"", (await next.UntilAsync(id, JobStatus.Completed)).Result.ToString());
    }

    [Fact]
    public async Task A_job_asked_to_stop_on_a_node_that_died_is_cancelled_by_the_next()
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(work.Request());
        await node.DriveAsync(node.Client.CancelAsync(id));
        node.Kill();

        await using var next = await NextAsync(node);

        await next.UntilAsync(id, JobStatus.Cancelled);
        Assert.Single(work.Begun);
    }

    [Fact]
    public async Task What_waited_for_its_time_on_a_node_that_died_keeps_it()
    {
        await using var node = await StartAsync();
        var start = node.Time.GetUtcNow();
        await node.SubmitAsync(work.Request("scheduled") with { RunAt = start.AddSeconds(20) });
        var failed = await node.SubmitAsync(work.Request("retryable"));
        work.Begun[0].Throw(new InvalidOperationException());
        await node.UntilAsync(failed, JobStatus.Retryable);
        node.Kill();

        await using var next = await NextAsync(node);
        next.Advance(TimeSpan.FromSeconds(20) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(["retryable", "retryable"], work.Order);
        next.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["retryable", "retryable", "scheduled"], work.Order);
    }

    [Fact]
    public async Task What_waited_in_a_queue_runs_after_the_restart_in_its_order()
    {
        await using var node = await StartAsync(slots: 1);
        for (var number = 0; number < 5; number++)
        {
            await node.SubmitAsync(work.Request($"job-{number}"));
            node.Advance(TimeSpan.FromMilliseconds(1));
        }

        node.Kill();
        await using var next = await NextAsync(node);
        while (work.Begun is [.., { IsEnded: false } last])
        {
            last.Complete();
            next.Run();
        }

        // the lost attempt's job comes last: it is available since the restart
        Assert.Equal(["job-0", "job-1", "job-2", "job-3", "job-4", "job-0"], work.Order);
    }

    // neither the end of the lost attempt nor the next claim can be decided while the jobs cannot be read
    [Fact]
    public async Task What_a_dead_node_left_is_taken_over_when_the_store_can_be_read_again()
    {
        await using var node = await StartAsync(slots: 1);
        await node.SubmitAsync(work.Request("running"));
        await node.SubmitAsync(work.Request("waiting"));
        node.Kill();

        await using var store = new FaultyEntityStore(node.Setup.Store);
        await using var next = await TestNode.StartAsync(node.Setup with { Name = "node-2", Store = store, Slots = 4, Options = new() { Shards = 4 } });
        store.Reads.GoDown();
        next.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["running"], work.Order);
        store.Reads.ComeBack();
        next.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(["running", "running", "waiting"], work.Order.Order());
        Assert.Equal(AttemptOutcome.Lost, (await next.ViewAsync(new("running"))).Attempts[0].Outcome);
    }

    private static async Task<TestNode> NextAsync(TestNode node, string name = "node-2")
    {
        var next = await TestNode.StartAsync(node.Setup with { Name = name });
        next.Run();
        return next;
    }

    private Task<TestNode> StartAsync(int slots = 4) => TestNode.StartAsync(new TestNodeSetup { Kinds = [work.Kind], Slots = slots });
}
