using ActorJobs.Actors;
using ActorJobs.Actors.Stores.Memory;
using ActorJobs.Jobs;
using ActorJobs.Pools;
using ActorJobs.Queues;
using ActorJobs.TestKit.Nodes;
using ActorJobs.TestKit.Stores;

namespace ActorJobs.Tests.Pools;

public sealed class WorkerPoolTests
{
    private readonly ScriptedKind work = new("work");

    [Fact]
    public async Task A_pool_runs_as_many_as_it_has_slots_and_claims_no_long_job_ahead()
    {
        await using var node = await StartAsync(slots: 3);
        await SubmitAsync(node, 10);

        Assert.Equal((3, 3), (work.Begun.Count, await RunningAsync(node)));

        work.Begun[1].Complete();
        node.Run();
        Assert.Equal((4, 3), (work.Begun.Count, await RunningAsync(node)));
        var pool = Assert.Single(await node.Control.ListPoolsAsync());
        Assert.Equal(("default", 3, 3, 0), (pool.Name, pool.Size, pool.Busy, pool.Restarts));
    }

    [Fact]
    public async Task A_pool_can_be_made_larger_and_smaller_while_it_works()
    {
        await using var node = await StartAsync(slots: 2);
        await SubmitAsync(node, 10);

        Assert.Equal(5, (await node.Control.ResizePoolAsync("default", 5))!.Size);
        node.Run();
        Assert.Equal(5, work.Begun.Count);

        await node.Control.ResizePoolAsync("default", 1);
        foreach (var attempt in work.Begun.Take(4))
            attempt.Complete();
        node.Run();
        Assert.Equal((5, 1), (work.Begun.Count, await RunningAsync(node)));

        work.Begun[4].Complete();
        node.Run();
        Assert.Equal((6, 1), (work.Begun.Count, await RunningAsync(node)));
        Assert.Null(await node.Control.ResizePoolAsync("none", 1));
    }

    [Fact]
    public async Task A_pool_with_bounds_grows_while_jobs_wait_and_shrinks_when_they_do_not()
    {
        var options = new ActorJobsOptions { Shards = 4 };
        options.Pools["default"] = new PoolOptions { Min = 1, Max = 4 };
        await using var node = await TestNode.StartAsync(new TestNodeSetup { Options = options, Kinds = [work.Kind] });
        await SubmitAsync(node, 10);
        Assert.Single(work.Begun);

        node.AdvanceUntil(() => work.Begun.Count == 4, TimeSpan.FromSeconds(10));
        node.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(4, work.Begun.Count);

        while (work.Open.Count > 0)
        {
            work.Open[0].Complete();
            node.Run();
        }

        node.Advance(TimeSpan.FromMinutes(3));
        var pool = Assert.Single(await node.Control.ListPoolsAsync());
        Assert.Equal((1, 1, 4), (pool.Size, pool.Min, pool.Max));
    }

    [Fact]
    public async Task A_pool_serves_its_own_queues_and_one_without_any_serves_the_others()
    {
        var options = new ActorJobsOptions { Shards = 4 };
        options.Pools["mail"] = new PoolOptions { Queues = ["mail", "fax"], Size = 1 };
        options.Pools["rest"] = new PoolOptions { Size = 1 };
        await using var node = await TestNode.StartAsync(new TestNodeSetup { Options = options, Kinds = [work.Kind] });

        foreach (var queue in new[] { "mail", "fax", "other", "mail" })
            await node.SubmitAsync(work.Request() with { Queue = queue });

        Assert.Equal(["mail", "other"], work.Begun.Select(attempt => attempt.Context.Queue));
        Assert.Equal(["mail"], (await node.Control.FindQueueAsync("fax"))!.Pools);
    }

    [Fact]
    public async Task A_kind_that_only_another_node_knows_is_left_for_it_and_uses_no_attempt()
    {
        await using var node = await StartAsync(slots: 0);
        var id = await node.SubmitAsync(work.Request() with { MaxAttempts = 1 });
        await node.StopAsync(TimeSpan.Zero);

        await using var ignorant = await TestNode.StartAsync(node.Setup with { Name = "node-2", Kinds = [], Slots = 1, Options = new() { Shards = 4 } });
        ignorant.Run();
        var view = await ignorant.ViewAsync(id);
        Assert.Equal((JobStatus.Retryable, AttemptOutcome.Snoozed), (view.State, view.Attempts[0].Outcome));
        Assert.Contains("'work'", Assert.Single(view.Log).Text, StringComparison.Ordinal);
        await ignorant.StopAsync(TimeSpan.Zero);

        await using var knowing = await TestNode.StartAsync(node.Setup with { Name = "node-3", Slots = 1, Options = new() { Shards = 4 } });
        knowing.Advance(TimeSpan.FromSeconds(30));
        work.Begun[0].Complete();
        await knowing.UntilAsync(id, JobStatus.Completed);
    }

    [Fact]
    public async Task A_pool_that_fails_hands_back_what_it_ran_and_goes_on_with_all_of_its_slots()
    {
        await using var node = await StartAsync(slots: 2);
        await SubmitAsync(node, 3);

        Break(node);
        node.Advance(TimeSpan.FromSeconds(1));

        Assert.Single(node.Events.Seen.OfType<ActorRestarted>(), restarted => restarted.Path == "/pool-default");
        Assert.Equal(1, Assert.Single(await node.Control.ListPoolsAsync()).Restarts);
        foreach (var attempt in work.Begun.Take(2))
            attempt.Complete("of a pool that is gone");
        node.Run();
        await CompleteAllAsync(node, jobs: 3, slots: 2);
        Assert.All(await AllAsync(node), view => Assert.Equal(1, view.Attempts.Count(attempt => attempt.Outcome == AttemptOutcome.Completed)));
    }

    [Fact]
    public async Task A_pool_keeps_the_size_it_was_given_when_it_begins_anew()
    {
        await using var node = await StartAsync(slots: 1);
        await node.Control.ResizePoolAsync("default", 3);
        node.Run();

        Break(node);
        node.Advance(TimeSpan.FromSeconds(1));
        await SubmitAsync(node, 5);

        Assert.Equal((3, 3), (LiveIn(work), Assert.Single(await node.Control.ListPoolsAsync()).Size));
    }

    [Fact]
    public async Task A_pool_that_failed_while_outcomes_were_on_their_way_still_knows_when_it_is_drained()
    {
        await using var store = new FaultyEntityStore(new MemoryEntityStore());
        await using var node = await TestNode.StartAsync(new TestNodeSetup { Store = store, Kinds = [work.Kind], Slots = 2 });
        await SubmitAsync(node, 1);
        var held = store.Writes.Hold();
        work.Begun[0].Complete();
        await node.UntilAsync(() => held.Reached.IsCompleted);

        Break(node);
        node.Advance(TimeSpan.FromSeconds(1));
        held.Release();

        await node.DriveAsync(node.Jobs.StopAsync(TimeSpan.FromHours(1))); // no time passes
    }

    [Fact]
    public async Task A_pool_that_fails_while_it_drains_starts_nothing_more()
    {
        await using var node = await StartAsync(slots: 1);
        await SubmitAsync(node, 3);
        var stopping = node.Jobs.StopAsync(TimeSpan.FromHours(1));
        node.Run();

        Break(node);
        node.Advance(TimeSpan.FromSeconds(1));

        await node.DriveAsync(stopping);
        Assert.Single(work.Begun);
        Assert.All(await AllAsync(node), view => Assert.Equal(JobStatus.Available, view.State));
    }

    // the pool fails at every point of a small workload: between claim and run, run and outcome, outcome and its reply
    [Fact]
    public async Task Wherever_a_pool_fails_no_job_is_lost_and_no_slot_is_lost_or_won()
    {
        for (var seed = 1; seed <= 30; seed++)
        {
            var kind = new ScriptedKind("work");
            await using var node = await TestNode.StartAsync(new TestNodeSetup { Kinds = [kind.Kind], Slots = 2, Seed = seed });
            var random = new Random(seed);
            for (var round = 0; round < 4; round++)
            {
                var submitting = node.Client.SubmitManyAsync([.. Enumerable.Range(0, 5).Select(_ => random.Next(3) == 0
                    ? kind.Request()
                    : JobRequest.Of("builtin.echo", round))]).AsTask();
                for (var turns = random.Next(40); turns > 0; turns--)
                    node.RunOne();
                Break(node);
                if (kind.Open is [var attempt, ..])
                    attempt.Complete();
                await node.DriveAsync(submitting);
                node.Advance(TimeSpan.FromSeconds(1));
            }

            while (kind.Open.Count > 0)
            {
                Assert.InRange(LiveIn(kind), 0, 2);
                foreach (var attempt in kind.Open)
                    attempt.Complete();
                node.Advance(TimeSpan.FromSeconds(1));
            }

            Assert.True((await AllAsync(node)).All(view => view.State == JobStatus.Completed), $"seed {seed}: {string.Join(", ", await AllAsync(node))}");
            await node.DriveAsync(node.Client.SubmitManyAsync([.. Enumerable.Repeat(kind.Request(), 6)]));
            Assert.True(LiveIn(kind) == 2, $"seed {seed}: {LiveIn(kind)} run");
        }
    }

    // those of a pool that is gone were told to stop
    private static int LiveIn(ScriptedKind kind) => kind.Open.Count(attempt => !attempt.Context.Cancellation.IsCancellationRequested);

    private static void Break(TestNode node) =>
        node.Jobs.Pools["default"].Tell(new PoolMessage.Run([new ClaimedJob(JobEntity.Key(new("none")), 0, JobState.None)], 0, -1));

    private async Task CompleteAllAsync(TestNode node, int jobs, int slots)
    {
        for (var done = 0; done < jobs; done++)
        {
            Assert.InRange(await RunningAsync(node), 1, slots);
            work.Open[0].Complete();
            node.Run();
        }

        Assert.All(await AllAsync(node), view => Assert.Equal(JobStatus.Completed, view.State));
    }

    private async Task SubmitAsync(TestNode node, int count)
    {
        for (var number = 0; number < count; number++)
            await node.SubmitAsync(work.Request());
    }

    private static async Task<int> RunningAsync(TestNode node) =>
        (await node.Queries.ListAsync(new(State: JobStatus.Running), null, 1000)).Items.Count;

    private static async Task<IReadOnlyList<JobView>> AllAsync(TestNode node)
    {
        var page = await node.Queries.ListAsync(new(), null, 1000);
        return [.. await Task.WhenAll(page.Items.Select(item => node.ViewAsync(item.Id)))];
    }

    private Task<TestNode> StartAsync(int slots) => TestNode.StartAsync(new TestNodeSetup { Kinds = [work.Kind], Slots = slots });
}
