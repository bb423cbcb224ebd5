using ActorJobs.Actors.Stores.Memory;
using ActorJobs.Jobs;
using ActorJobs.TestKit.Nodes;
using ActorJobs.TestKit.Stores;

namespace ActorJobs.Tests.Pools;

/// <summary>What handlers do and say, and what becomes of their jobs, seen from outside.</summary>
public sealed class AttemptTests
{
    private readonly ScriptedKind work = new("work", options =>
    {
        options.Backoff = new Backoff.Fixed(TimeSpan.FromSeconds(10));
        options.BackoffByException["TimeoutException"] = new Backoff.Fixed(TimeSpan.FromMinutes(1));
        options.PermanentExceptions.Add("FormatException");
    });

    [Fact]
    public async Task A_submitted_job_runs_at_once_and_completes_with_its_result()
    {
        await using var node = await TestNode.StartAsync();

        var id = await node.SubmitAsync(JobRequest.Of("builtin.echo", new { word = "hello" }));

        var view = await node.UntilAsync(id, JobStatus.Completed);
        Assert.Equal("""{"word":"hello"}""", view.Result.ToString());
        Assert.Equal("""{"word":"hello"}""", view.Args.ToString());
        Assert.Equal(["submitted", "completed"], await node.HistoryAsync(id));
        var attempt = Assert.Single(view.Attempts);
        Assert.Equal((1, "node-1", AttemptOutcome.Completed), (attempt.Number, attempt.Node, attempt.Outcome));
        Assert.Equal(node.Time.GetUtcNow(), view.FinishedAt);
    }

    [Fact]
    public async Task A_handler_knows_its_job()
    {
        await using var node = await StartAsync();

        var id = await node.SubmitAsync(work.Request() with
        {
            Args = RawJson.Parse("[1]"),
            Queue = "mail",
            MaxAttempts = 3,
            Tenant = "acme",
            Meta = new Dictionary<string, string> { ["trace"] = "7" },
        });

        var attempt = Assert.Single(work.Begun);
        var context = attempt.Context;
        Assert.Equal(
            (id, "work", "mail", 1, 3, "acme", "7", "[1]"),
            (context.Id, context.Kind, context.Queue, context.Attempt, context.MaxAttempts, context.Tenant, context.Meta["trace"], attempt.Args.ToString()));
        Assert.False(context.Cancellation.IsCancellationRequested);
    }

    [Fact]
    public async Task What_an_attempt_says_is_seen_while_it_runs_and_kept_with_its_end()
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(work.Request());
        var begunAt = node.Time.GetUtcNow();

        work.Begun[0].Context.ReportProgress(0.5, "half");
        work.Begun[0].Context.Log("a line");
        node.Advance(TimeSpan.FromMilliseconds(250));

        var running = await node.ViewAsync(id);
        Assert.Equal((JobStatus.Running, new JobProgress(0.5, "half"), begunAt), (running.State, running.Progress, running.StartedAt));
        Assert.Equal(["a line"], running.Log.Select(line => line.Text));
        Assert.Equal([new JobAttempt(1, "node-1", begunAt, null, null, null)], running.Attempts);

        work.Begun[0].Context.Log("the last word");
        work.Begun[0].Complete();

        var done = await node.UntilAsync(id, JobStatus.Completed);
        Assert.Equal(new JobProgress(0.5, "half"), done.Progress);
        Assert.Equal(["a line", "the last word"], done.Log.Select(line => line.Text));
    }

    [Fact]
    public async Task A_watcher_sees_a_job_from_how_it_is_to_its_end()
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(work.Request() with { RunAt = node.Time.GetUtcNow().AddSeconds(5) });
        var watching = node.Client.WatchAsync(id).ToListAsync().AsTask();
        node.Advance(TimeSpan.FromSeconds(5));

        work.Begun[0].Context.ReportProgress(0.5);
        node.Advance(TimeSpan.FromMilliseconds(250));
        work.Begun[0].Complete(42);

        var views = await node.DriveAsync(watching);
        Assert.Equal(
            [JobStatus.Scheduled, JobStatus.Available, JobStatus.Running, JobStatus.Running, JobStatus.Completed], views.Select(view => view.State));
        Assert.Equal((0.5, "42"), (views[3].Progress!.Fraction, views[4].Result.ToString()));
        Assert.Empty(await node.Client.WatchAsync(new JobId("unknown")).ToListAsync());
    }

    [Fact]
    public async Task Retries_wait_exactly_as_long_as_the_back_off_says()
    {
        await using var node = await TestNode.StartAsync();
        var start = node.Time.GetUtcNow();
        var id = await node.SubmitAsync(JobRequest.Of("builtin.fail", new { times = 3, message = "not yet" }) with
        {
            Backoff = new Backoff.Exponential(TimeSpan.FromSeconds(2), 2, TimeSpan.FromHours(1), 0),
        });

        node.Advance(TimeSpan.FromSeconds(14) - TimeSpan.FromTicks(1));
        Assert.Equal((JobStatus.Retryable, start.AddSeconds(14)), await StateAndRunAtAsync(node, id));
        node.Advance(TimeSpan.FromTicks(1));

        var view = await node.UntilAsync(id, JobStatus.Completed);
        Assert.Equal([0, 2, 6, 14], view.Attempts.Select(attempt => (attempt.StartedAt - start).TotalSeconds));
        Assert.Equal("""{"attempt":4}""", view.Result.ToString());
        Assert.All(view.Attempts.SkipLast(1), attempt => Assert.Equal((AttemptOutcome.Failed, "not yet"), (attempt.Outcome, attempt.Error!.Message)));
        Assert.Null(view.Error);
    }

    [Fact]
    public async Task A_list_of_waits_is_gone_through_and_its_last_one_used_again()
    {
        await using var node = await TestNode.StartAsync();
        var start = node.Time.GetUtcNow();
        var id = await node.SubmitAsync(JobRequest.Of("builtin.fail", new { times = 4 }) with
        {
            Backoff = new Backoff.List([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)]),
        });

        node.Advance(TimeSpan.FromSeconds(16));

        Assert.Equal([0, 1, 6, 11, 16], (await node.ViewAsync(id)).Attempts.Select(attempt => (attempt.StartedAt - start).TotalSeconds));
    }

    [Fact]
    public async Task Jitter_shortens_each_wait_by_up_to_its_share()
    {
        await using var node = await TestNode.StartAsync();
        var waits = new List<double>();
        for (var number = 0; number < 30; number++)
        {
            var id = await node.SubmitAsync(JobRequest.Of("builtin.fail", new { times = 1 }) with
            {
                Backoff = new Backoff.Exponential(TimeSpan.FromSeconds(10), 2, TimeSpan.FromHours(1), 0.4),
            });
            waits.Add(((await node.UntilAsync(id, JobStatus.Retryable)).RunAt!.Value - node.Time.GetUtcNow()).TotalSeconds);
        }

        Assert.All(waits, wait => Assert.InRange(wait, 6, 10));
        Assert.InRange(waits.Max() - waits.Min(), 2, 4);
    }

    [Fact]
    public async Task Without_attempts_left_a_failing_job_becomes_a_dead_letter_that_can_be_retried_with_other_arguments()
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(work.Request() with { MaxAttempts = 2 });
        work.Begun[0].Throw(new InvalidOperationException("first"));
        node.Advance(TimeSpan.FromSeconds(10));
        work.Begun[1].Throw(new InvalidOperationException("second"));

        var dead = await node.UntilAsync(id, JobStatus.Discarded);
        Assert.Equal(("System.InvalidOperationException", "second", 2), (dead.Error!.Type, dead.Error.Message, dead.Attempt));

        Assert.Equal(new JobCommandResult.Done(JobStatus.Available), await node.DriveAsync(node.Client.RetryAsync(id, RawJson.Parse("[2]"))));
        Assert.Equal((3, "[2]"), (work.Begun[2].Context.Attempt, work.Begun[2].Args.ToString()));
        work.Begun[2].Complete();
        await node.UntilAsync(id, JobStatus.Completed);
    }

    [Theory]
    [InlineData(null, 10)]
    [InlineData(77, 77)]
    [InlineData(0, 0)]
    public async Task An_attempt_may_say_itself_when_to_retry(int? retryAfter, int seconds)
    {
        await using var node = await StartAsync();
        var start = node.Time.GetUtcNow();
        var id = await node.SubmitAsync(work.Request());

        work.Begun[0].End(JobOutcome.Failed("busy", retryAfter is { } wait ? TimeSpan.FromSeconds(wait) : null));
        node.Run();
        node.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal([0, seconds], (await node.ViewAsync(id)).Attempts.Select(attempt => (attempt.StartedAt - start).TotalSeconds));
    }

    [Fact]
    public async Task Some_exceptions_have_a_back_off_of_their_own()
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(work.Request());
        var start = node.Time.GetUtcNow();

        work.Begun[0].Throw(new TimeoutException());
        await node.UntilAsync(id, JobStatus.Retryable);
        Assert.Equal((JobStatus.Retryable, start.AddMinutes(1)), await StateAndRunAtAsync(node, id));

        node.Advance(TimeSpan.FromMinutes(1));
        work.Begun[1].Throw(new InvalidOperationException());
        await node.UntilAsync(id, JobStatus.Retryable);
        Assert.Equal((JobStatus.Retryable, start.AddSeconds(70)), await StateAndRunAtAsync(node, id));
    }

    public static TheoryData<Exception> Permanent => [new PermanentJobException("never"), new FormatException("never")];

    [Theory]
    [MemberData(nameof(Permanent))]
    public async Task Some_exceptions_end_the_job_at_once(Exception exception)
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(work.Request());

        work.Begun[0].Throw(exception);

        Assert.Equal("never", (await node.UntilAsync(id, JobStatus.Discarded)).Error!.Message);
    }

    [Fact]
    public async Task A_snooze_uses_no_attempt()
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(work.Request() with { MaxAttempts = 1 });
        for (var number = 0; number < 3; number++)
        {
            work.Begun[number].End(JobOutcome.Snoozed(TimeSpan.FromSeconds(30)));
            await node.UntilAsync(id, JobStatus.Retryable);
            node.Advance(TimeSpan.FromSeconds(30));
        }

        work.Begun[3].Complete();

        var view = await node.UntilAsync(id, JobStatus.Completed);
        Assert.Equal((4, 3), (view.Attempt, view.Attempts.Count(attempt => attempt.Outcome == AttemptOutcome.Snoozed)));
    }

    [Fact]
    public async Task A_handler_may_discard_or_cancel_its_job()
    {
        await using var node = await StartAsync();
        var useless = await node.SubmitAsync(work.Request("useless"));
        var unwanted = await node.SubmitAsync(work.Request("unwanted"));

        work.Begun[0].End(JobOutcome.Discarded("no use"));
        work.Begun[1].End(JobOutcome.Cancelled());

        Assert.Equal("no use", (await node.UntilAsync(useless, JobStatus.Discarded)).Error!.Message);
        await node.UntilAsync(unwanted, JobStatus.Cancelled);
    }

    [Fact]
    public async Task Arguments_that_do_not_fit_end_the_job_without_a_retry()
    {
        await using var node = await TestNode.StartAsync();

        var id = await node.SubmitAsync(JobRequest.Of("builtin.fail", new { times = 1 }) with { MaxAttempts = 1 });
        await node.UntilAsync(id, JobStatus.Discarded);

        // a submit or retry with such arguments is refused, but they may be older than what the handler asks for
        await node.DriveAsync(node.Jobs.Client.CommandAsync(id, new RetryJob(RawJson.Parse("\"soon\"")), default));

        Assert.Equal("InvalidArguments", (await node.UntilAsync(id, JobStatus.Discarded)).Error!.Type);
    }

    [Fact]
    public async Task A_result_too_large_to_be_stored_ends_the_job_instead_of_its_slot()
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(work.Request());

        work.Begun[0].Complete(new string('x', 5 << 20));
        node.Run();
        node.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("OutcomeNotStored", (await node.UntilAsync(id, JobStatus.Discarded)).Error!.Type);
        Assert.Equal(0, Assert.Single(await node.Control.ListPoolsAsync()).Busy);
    }

    [Fact]
    public async Task An_outcome_waits_for_a_store_that_is_away()
    {
        await using var store = new FaultyEntityStore(new MemoryEntityStore());
        await using var node = await TestNode.StartAsync(new TestNodeSetup { Store = store, Kinds = [work.Kind] });
        var id = await node.SubmitAsync(work.Request());
        store.Writes.GoDown();

        work.Begun[0].Complete("kept");
        node.Advance(TimeSpan.FromHours(1));
        Assert.Equal(JobStatus.Running, (await node.ViewAsync(id)).State);
        Assert.IsType<SubmitResult.Unavailable>(await node.Client.SubmitAsync(work.Request()));
        store.Writes.ComeBack();
        node.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("\"kept\"", (await node.ViewAsync(id)).Result.ToString());
        Assert.Equal(["submitted", "completed"], await node.HistoryAsync(id));
    }

    [Fact]
    public async Task A_checkpoint_is_durable_before_the_handler_goes_on_and_there_for_the_next_attempt()
    {
        await using var node = await StartAsync();
        await node.SubmitAsync(work.Request());
        Assert.False(work.Begun[0].Context.TryGetCheckpoint<List<int>>(out _));

        await node.DriveAsync(work.Begun[0].Context.SaveCheckpointAsync<List<int>>([1, 2]).AsTask());
        node.Kill();
        await using var next = await TestNode.StartAsync(node.Setup with { Name = "node-2" });
        next.Run();

        Assert.True(work.Begun[1].Context.TryGetCheckpoint<List<int>>(out var checkpoint));
        Assert.Equal([1, 2], checkpoint!);
    }

    [Fact]
    public async Task A_checkpoint_has_a_bound()
    {
        await using var node = await StartAsync();
        await node.SubmitAsync(work.Request());

        await Assert.ThrowsAsync<ArgumentException>(() => work.Begun[0].Context.SaveCheckpointAsync(new string('x', 256 * 1024)).AsTask());
    }

    [Fact]
    public async Task Children_submitted_again_by_a_later_attempt_are_the_same_ones()
    {
        await using var node = await StartAsync();
        var parent = await node.SubmitAsync(work.Request());
        JobRequest[] requests = [JobRequest.Of("builtin.echo", 1), JobRequest.Of("builtin.echo", 2) with { Id = new("named") }];
        var first = await SubmitChildrenAsync(node, 0, requests);
        work.Begun[0].Throw(new InvalidOperationException("after its children were submitted"));
        await node.UntilAsync(parent, JobStatus.Retryable);
        node.Advance(TimeSpan.FromSeconds(10));

        var second = await SubmitChildrenAsync(node, 1, requests);

        Assert.Equal([true, true, false, false], first.Concat(second).Select(child => child.IsNew));
        Assert.Equal(first.Select(child => child.Id), second.Select(child => child.Id));
        Assert.Equal(new JobId("named"), first[1].Id);
        var children = await node.DriveAsync(work.Begun[1].Context.WaitForAsync([.. second.Select(child => child.Id)]));
        Assert.All(children, child => Assert.Equal((parent, JobStatus.Completed), (child.ParentId, child.State)));
    }

    private async Task<SubmitResult.Accepted[]> SubmitChildrenAsync(TestNode node, int attempt, JobRequest[] requests) =>
        [.. (await node.DriveAsync(work.Begun[attempt].Context.SubmitChildrenAsync("pages", requests))).Cast<SubmitResult.Accepted>()];

    private static async Task<(JobStatus, DateTimeOffset?)> StateAndRunAtAsync(TestNode node, JobId id) =>
        await node.ViewAsync(id) is var view ? (view.State, view.RunAt) : default;

    private Task<TestNode> StartAsync() => TestNode.StartAsync(new TestNodeSetup { Kinds = [work.Kind] });
}
