using ActorJobs.TestKit.Nodes;

namespace ActorJobs.Tests.Jobs;

/// <summary>At most one job per key: how long a job holds it, and what becomes of the second one.</summary>
public sealed class UniqueJobTests
{
    private readonly ScriptedKind work = new("work", options => options.Backoff = new Backoff.Fixed(TimeSpan.FromSeconds(10)));

    [Fact]
    public async Task The_second_job_with_a_key_is_refused_until_the_first_has_ended()
    {
        await using var node = await StartAsync();
        var first = await node.SubmitAsync(Unique(UniqueConflict.Reject));

        Assert.Equal(new SubmitResult.Conflict(first, "key"), await SubmitAsync(node, UniqueConflict.Reject));
        Assert.IsType<SubmitResult.Accepted>(await node.DriveAsync(node.Client.SubmitAsync(Unique(UniqueConflict.Reject, key: "other"))));
        work.Begun[0].Complete();
        await node.UntilAsync(first, JobStatus.Completed);

        Assert.NotEqual(first, Assert.IsType<SubmitResult.Accepted>(await SubmitAsync(node, UniqueConflict.Reject)).Id);
    }

    [Fact]
    public async Task A_key_held_until_the_start_is_free_once_the_first_attempt_has_begun()
    {
        await using var node = await StartAsync();
        var first = await node.SubmitAsync(Unique(UniqueConflict.Reject, UniqueScope.UntilStarted) with { RunAt = node.Time.GetUtcNow().AddSeconds(5) });

        Assert.IsType<SubmitResult.Conflict>(await SubmitAsync(node, UniqueConflict.Reject, UniqueScope.UntilStarted));
        node.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(JobStatus.Running, (await node.ViewAsync(first)).State);
        var second = Assert.IsType<SubmitResult.Accepted>(await SubmitAsync(node, UniqueConflict.Reject, UniqueScope.UntilStarted)).Id;

        work.Begun[0].Throw(new InvalidOperationException("does not take the key back"));
        await node.UntilAsync(first, JobStatus.Retryable);
        Assert.NotEqual(first, second);
        Assert.Equal(2, work.Begun.Count);
    }

    [Fact]
    public async Task A_key_held_for_a_period_outlives_its_job_and_no_more_than_that()
    {
        await using var node = await StartAsync();
        var request = Unique(UniqueConflict.Reject) with { Unique = new("key", UniqueScope.Period, TimeSpan.FromMinutes(1)), Retention = TimeSpan.Zero };
        var first = await node.SubmitAsync(request);
        work.Begun[0].Complete();
        node.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(1));

        Assert.Equal(new SubmitResult.Conflict(first, "key"), await node.DriveAsync(node.Client.SubmitAsync(request)));
        node.Advance(TimeSpan.FromMilliseconds(1));

        Assert.IsType<SubmitResult.Accepted>(await node.DriveAsync(node.Client.SubmitAsync(request)));
        Assert.Null(await node.Client.FindAsync(first));
    }

    [Fact]
    public async Task Existing_answers_with_the_holder_in_the_state_it_is_in()
    {
        await using var node = await StartAsync();
        var first = await node.SubmitAsync(Unique(UniqueConflict.Existing) with { RunAt = node.Time.GetUtcNow().AddSeconds(5) });
        async Task SeenAsAsync(JobStatus state) =>
            Assert.Equal(new SubmitResult.Accepted(first, state, "memory", IsNew: false), await SubmitAsync(node, UniqueConflict.Existing));

        await SeenAsAsync(JobStatus.Scheduled);
        node.Advance(TimeSpan.FromSeconds(5));
        await SeenAsAsync(JobStatus.Running);
        work.Begun[0].Throw(new InvalidOperationException());
        await node.UntilAsync(first, JobStatus.Retryable);
        await SeenAsAsync(JobStatus.Retryable);
        Assert.Single((await node.Queries.ListAsync(new(), null, 10)).Items);
    }

    [Fact]
    public async Task Replace_makes_the_waiting_holder_the_new_job_at_its_own_time()
    {
        await using var node = await StartAsync();
        var runAt = node.Time.GetUtcNow().AddSeconds(5);
        var first = await node.SubmitAsync(Unique(UniqueConflict.Replace) with { Args = RawJson.Parse("1"), RunAt = runAt, Tags = ["old"] });

        var answer = await node.DriveAsync(node.Client.SubmitAsync(
            Unique(UniqueConflict.Replace) with { Args = RawJson.Parse("2"), Queue = "mail", Priority = 9, Tags = ["new"] }));

        Assert.Equal(new SubmitResult.Accepted(first, JobStatus.Scheduled, "memory", IsNew: false), answer);
        var view = await node.ViewAsync(first);
        Assert.Equal((runAt, "2", "mail", 9), (view.RunAt, view.Args.ToString(), view.Queue, view.Priority));
        Assert.Empty((await node.Queries.ListAsync(new(Tag: "old"), null, 10)).Items);
        Assert.Equal(first, Assert.Single((await node.Queries.ListAsync(new(Tag: "new"), null, 10)).Items).Id);

        node.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("2", Assert.Single(work.Begun).Args.ToString());
        Assert.Equal(["submitted", "replaced", "staged"], await node.HistoryAsync(first));
    }

    [Fact]
    public async Task A_holder_in_its_queue_is_replaced_in_every_list()
    {
        await using var node = await StartAsync();
        await node.DriveAsync(node.Control.ChangeQueueAsync("default", new(Paused: true, Capacity: 1)));
        var holder = await node.SubmitAsync(Unique(UniqueConflict.Replace));

        await node.DriveAsync(node.Client.SubmitAsync(Unique(UniqueConflict.Replace) with { Queue = "mail", Args = RawJson.Parse("2") }));

        Assert.Equal((holder, "2"), (Assert.Single(work.Begun).Context.Id, work.Begun[0].Args.ToString()));
        var next = await node.SubmitAsync(work.Request()); // there is room for one again
        Assert.IsType<SubmitResult.QueueFull>(await node.DriveAsync(node.Client.SubmitAsync(work.Request())));
        await node.DriveAsync(node.Control.ChangeQueueAsync("default", new(Paused: false)));
        Assert.Equal([holder, next], work.Begun.Select(attempt => attempt.Context.Id));
    }

    [Fact]
    public async Task A_holder_replaced_into_a_paused_queue_does_not_start_from_its_old_one()
    {
        await using var node = await StartAsync(slots: 1);
        await node.SubmitAsync(work.Request("busy"));
        var holder = await node.SubmitAsync(Unique(UniqueConflict.Replace));
        await node.DriveAsync(node.Control.ChangeQueueAsync("mail", new(Paused: true)));

        await node.SubmitAsync(Unique(UniqueConflict.Replace) with { Queue = "mail" });
        work.Begun[0].Complete();
        node.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(JobStatus.Available, (await node.ViewAsync(holder)).State);
        Assert.Equal(TimeSpan.Zero, (await node.Control.FindQueueAsync("default"))!.OldestAge);
    }

    [Fact]
    public async Task Debounce_moves_the_waiting_holder_on_with_every_submit()
    {
        await using var node = await StartAsync();
        JobRequest In(int seconds, int args) => Unique(UniqueConflict.Debounce) with { Args = RawJson.Of(args), RunAt = node.Time.GetUtcNow().AddSeconds(seconds) };
        var first = await node.SubmitAsync(In(10, args: 1));
        for (var args = 2; args <= 4; args++)
        {
            node.Advance(TimeSpan.FromSeconds(9));
            Assert.Equal(first, await node.SubmitAsync(In(10, args)));
        }

        node.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(work.Begun);
        node.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("4", Assert.Single(work.Begun).Args.ToString());
    }

    [Fact]
    public async Task Debounce_takes_a_job_that_waits_for_a_slot_out_of_its_queue_again()
    {
        await using var node = await StartAsync(slots: 1);
        var busy = await node.SubmitAsync(work.Request("busy"));
        var holder = await node.SubmitAsync(Unique(UniqueConflict.Debounce) with { RunAt = node.Time.GetUtcNow() });

        Assert.Equal(holder, await node.SubmitAsync(Unique(UniqueConflict.Debounce) with { RunAt = node.Time.GetUtcNow().AddMinutes(1) }));
        work.Begun[0].Complete();
        await node.UntilAsync(busy, JobStatus.Completed);
        node.Advance(TimeSpan.FromSeconds(59));
        Assert.Single(work.Begun);
        node.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, work.Begun.Count);
    }

    [Theory]
    [InlineData(UniqueConflict.Replace)]
    [InlineData(UniqueConflict.Debounce)]
    public async Task A_holder_that_runs_is_not_replaced(UniqueConflict onConflict)
    {
        await using var node = await StartAsync();
        var holder = await node.SubmitAsync(Unique(UniqueConflict.Reject));

        var answer = await node.DriveAsync(node.Client.SubmitAsync(Unique(onConflict) with { RunAt = node.Time.GetUtcNow() }));

        Assert.Equal(new SubmitResult.Conflict(holder, "key"), answer);
        work.Begun[0].Complete("the old one");
        Assert.Equal("\"the old one\"", (await node.UntilAsync(holder, JobStatus.Completed)).Result.ToString());
    }

    [Fact]
    public async Task A_replaced_job_that_waited_for_its_retry_begins_anew_with_the_next_attempts_number()
    {
        await using var node = await StartAsync();
        var holder = await node.SubmitAsync(Unique(UniqueConflict.Replace) with { MaxAttempts = 2 });
        work.Begun[0].Throw(new InvalidOperationException());
        await node.UntilAsync(holder, JobStatus.Retryable);

        await node.SubmitAsync(Unique(UniqueConflict.Replace) with { MaxAttempts = 2 });
        node.Advance(TimeSpan.FromSeconds(10));
        work.Begun[1].Throw(new InvalidOperationException());

        var view = await node.UntilAsync(holder, JobStatus.Retryable);
        Assert.Equal([1, 2], view.Attempts.Select(attempt => attempt.Number));
    }

    [Fact]
    public async Task Many_submits_at_once_leave_one_job()
    {
        await using var node = await StartAsync(slots: 1);
        await node.SubmitAsync(work.Request("busy"));

        var answers = await node.DriveAsync(node.Client.SubmitManyAsync([.. Enumerable.Range(1, 50).Select(number =>
            Unique(UniqueConflict.Replace) with { Args = RawJson.Of(number) })]));

        var accepted = answers.Cast<SubmitResult.Accepted>().ToArray();
        Assert.Single(accepted.Select(answer => answer.Id).Distinct());
        Assert.Single(accepted, answer => answer.IsNew);
        Assert.Equal(JobStatus.Available, (await node.ViewAsync(accepted[0].Id)).State);
    }

    // a job with a key is made on the key's shard, whatever the number of shards: two of them meet wherever they were submitted
    [Fact]
    public async Task A_key_is_unique_in_the_whole_store()
    {
        await using var node = await TestNode.StartAsync(new TestNodeSetup { Kinds = [work.Kind], Options = new() { Shards = 64 } });
        for (var number = 0; number < 20; number++)
        {
            var key = $"key {number}";
            var holder = await node.SubmitAsync(Unique(UniqueConflict.Reject, key: key));
            Assert.Equal(new SubmitResult.Conflict(holder, key), await node.DriveAsync(node.Client.SubmitAsync(Unique(UniqueConflict.Reject, key: key))));
        }
    }

    [Fact]
    public async Task A_retry_of_a_job_whose_key_another_one_holds_is_refused()
    {
        await using var node = await StartAsync();
        var first = await node.SubmitAsync(Unique(UniqueConflict.Reject) with { MaxAttempts = 1 });
        work.Begun[0].Throw(new InvalidOperationException());
        await node.UntilAsync(first, JobStatus.Discarded);
        var second = await node.SubmitAsync(Unique(UniqueConflict.Reject));

        var refused = Assert.IsType<JobCommandResult.Refused>(await node.DriveAsync(node.Client.RetryAsync(first)));

        Assert.Equal(JobStatus.Discarded, refused.State);
        Assert.Contains(second.Value, refused.Reason, StringComparison.Ordinal);
        work.Begun[1].Complete();
        await node.UntilAsync(second, JobStatus.Completed);
        Assert.Equal(new JobCommandResult.Done(JobStatus.Available), await node.DriveAsync(node.Client.RetryAsync(first)));
    }

    [Fact]
    public async Task A_unique_child_submitted_again_by_a_later_attempt_is_the_same_one()
    {
        await using var node = await StartAsync();
        var parent = await node.SubmitAsync(work.Request("parent"));
        JobRequest[] children = [Unique(UniqueConflict.Reject) with { RunAt = node.Time.GetUtcNow().AddHours(1) }];
        var first = Assert.IsType<SubmitResult.Accepted>((await node.DriveAsync(work.Begun[0].Context.SubmitChildrenAsync("c", children)))[0]);
        work.Begun[0].Throw(new InvalidOperationException());
        await node.UntilAsync(parent, JobStatus.Retryable);
        node.Advance(TimeSpan.FromSeconds(10));

        var second = Assert.IsType<SubmitResult.Accepted>((await node.DriveAsync(work.Begun[1].Context.SubmitChildrenAsync("c", children)))[0]);

        Assert.Equal((first.Id, true, false), (second.Id, first.IsNew, second.IsNew));
        Assert.Equal(parent, (await node.ViewAsync(first.Id)).ParentId);
    }

    [Fact]
    public async Task A_key_stays_held_when_the_node_begins_anew()
    {
        await using var node = await StartAsync();
        var holder = await node.SubmitAsync(Unique(UniqueConflict.Debounce) with { RunAt = node.Time.GetUtcNow().AddMinutes(1) });
        node.Kill();

        await using var next = await TestNode.StartAsync(node.Setup with { Name = "node-2" });
        Assert.Equal(holder, await next.SubmitAsync(Unique(UniqueConflict.Debounce) with { RunAt = node.Time.GetUtcNow().AddMinutes(2) }));
        next.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(holder, Assert.Single(work.Begun).Context.Id);
    }

    private JobRequest Unique(UniqueConflict onConflict, UniqueScope scope = UniqueScope.UntilFinished, string key = "key") =>
        work.Request() with { Unique = new(key, scope, OnConflict: onConflict) };

    private async Task<SubmitResult> SubmitAsync(TestNode node, UniqueConflict onConflict, UniqueScope scope = UniqueScope.UntilFinished) =>
        await node.DriveAsync(node.Client.SubmitAsync(Unique(onConflict, scope)));

    private Task<TestNode> StartAsync(int slots = 4) => TestNode.StartAsync(new TestNodeSetup { Kinds = [work.Kind], Slots = slots });
}
