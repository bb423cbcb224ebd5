using ActorJobs.TestKit.Nodes;

namespace ActorJobs.Tests.Queues;

/// <summary>Queues as their users see them: bounds, steering, order.</summary>
public sealed class QueueControlTests
{
    private readonly ScriptedKind work = new("work");

    [Fact]
    public async Task A_full_queue_refuses_and_has_room_again_when_a_job_has_left()
    {
        await using var node = await StartAsync();
        await ChangeAsync(node, new(Paused: true, Capacity: 2));
        var first = await node.SubmitAsync(work.Request());
        await node.SubmitAsync(work.Request() with { RunAt = node.Time.GetUtcNow().AddHours(1) }); // what waits for its time takes room too

        Assert.Equal(new SubmitResult.QueueFull("default", TimeSpan.FromSeconds(30)), await SubmitAsync(node));
        Assert.IsType<SubmitResult.Accepted>(await SubmitAsync(node, queue: "other"));
        await node.DriveAsync(node.Client.CancelAsync(first));

        Assert.IsType<SubmitResult.Accepted>(await SubmitAsync(node));
        Assert.IsType<SubmitResult.QueueFull>(await SubmitAsync(node));
    }

    [Fact]
    public async Task A_batch_gets_as_many_places_as_there_are()
    {
        await using var node = await StartAsync();
        await ChangeAsync(node, new(Paused: true, Capacity: 3));

        var results = await node.DriveAsync(node.Client.SubmitManyAsync([.. Enumerable.Repeat(work.Request(), 5)]));

        Assert.Equal((3, 2), (results.OfType<SubmitResult.Accepted>().Count(), results.OfType<SubmitResult.QueueFull>().Count()));
    }

    [Fact]
    public async Task When_to_come_back_follows_from_how_fast_the_queue_drains()
    {
        await using var node = await StartAsync();
        await node.DriveAsync(node.Client.SubmitManyAsync([.. Enumerable.Repeat(JobRequest.Of("builtin.echo", 1), 20)]));
        node.Advance(TimeSpan.FromSeconds(1));
        await ChangeAsync(node, new(Paused: true, Capacity: 1000));
        await node.DriveAsync(node.Client.SubmitManyAsync([.. Enumerable.Repeat(work.Request(), 1000)]));

        Assert.Equal(2, (await node.Control.FindQueueAsync("default"))!.DrainRate);
        Assert.Equal(new SubmitResult.QueueFull("default", TimeSpan.FromSeconds(5)), await SubmitAsync(node)); // a hundredth of it, at 2 a second
    }

    [Fact]
    public async Task A_paused_queue_takes_jobs_and_starts_none_until_it_is_resumed()
    {
        await using var node = await StartAsync();
        await ChangeAsync(node, new(Paused: true));
        var paused = await node.SubmitAsync(work.Request("paused"));
        await node.SubmitAsync(work.Request("other") with { Queue = "other" });

        node.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["other"], work.Order);
        Assert.Contains("paused", (await node.Queries.WhyAsync(paused))!.Summary, StringComparison.Ordinal);

        await ChangeAsync(node, new(Paused: false));
        Assert.Equal(["other", "paused"], work.Order);
    }

    [Fact]
    public async Task A_draining_queue_starts_jobs_and_takes_none()
    {
        await using var node = await StartAsync(slots: 1);
        await node.SubmitAsync(work.Request("first"));
        await node.SubmitAsync(work.Request("second"));
        await ChangeAsync(node, new(Draining: true));

        Assert.IsType<SubmitResult.QueueFull>(await SubmitAsync(node));
        work.Begun[0].Complete();
        node.Run();
        Assert.Equal(["first", "second"], work.Order);

        await ChangeAsync(node, new(Draining: false));
        Assert.IsType<SubmitResult.Accepted>(await SubmitAsync(node));
    }

    [Fact]
    public async Task How_a_queue_is_steered_outlives_the_node()
    {
        await using var node = await StartAsync();
        await ChangeAsync(node, new(Paused: true, Capacity: 1));
        await node.SubmitAsync(work.Request());
        node.Kill();

        await using var next = await TestNode.StartAsync(node.Setup with { Name = "node-2" });
        next.Run();

        var queue = (await next.Control.FindQueueAsync("default"))!;
        Assert.Equal((true, false, 1), (queue.Paused, queue.Draining, queue.Capacity));
        Assert.Equal(1, queue.States[JobStatus.Available]);
        Assert.Empty(work.Begun);
        Assert.IsType<SubmitResult.QueueFull>(await SubmitAsync(next));
    }

    [Fact]
    public async Task A_change_says_only_what_changes_and_saying_it_again_changes_nothing()
    {
        await using var node = await StartAsync();
        await ChangeAsync(node, new(Paused: true, Capacity: 7));
        await ChangeAsync(node, new(Draining: true));

        var once = await ChangeAsync(node, new(Paused: false));
        var again = await ChangeAsync(node, new(Paused: false));

        Assert.Equal((false, true, 7), (once.Paused, once.Draining, once.Capacity));
        Assert.Equal((false, true, 7), (again.Paused, again.Draining, again.Capacity));
        await Assert.ThrowsAsync<ArgumentException>(() => node.Control.ChangeQueueAsync("no name!", new()).AsTask());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => node.Control.ChangeQueueAsync("default", new(Capacity: -1)).AsTask());
    }

    [Fact]
    public async Task A_queue_is_found_by_its_whole_name()
    {
        await using var node = await StartAsync(slots: 1);
        await node.SubmitAsync(work.Request() with { Queue = "mail" });
        await node.SubmitAsync(work.Request() with { Queue = "mail2" });
        await node.SubmitAsync(work.Request() with { Queue = "mail2", RunAt = node.Time.GetUtcNow().AddHours(1) });

        Assert.Equal([new(JobStatus.Running, 1)], (await node.Control.FindQueueAsync("mail"))!.States);
        Assert.Equal([JobStatus.Scheduled, JobStatus.Available], (await node.Control.FindQueueAsync("mail2"))!.States.Keys.Order());
        Assert.Null(await node.Control.FindQueueAsync("mai"));
        Assert.Null(await node.Control.FindQueueAsync("no name!"));
        Assert.Equal(["mail", "mail2"], (await node.Control.ListQueuesAsync()).Select(queue => queue.Name));
    }

    [Fact]
    public async Task Higher_priorities_start_first_and_equal_ones_in_order()
    {
        await using var node = await StartAsync(slots: 1);
        await node.SubmitAsync(work.Request("busy"));
        foreach (var (id, priority) in new[] { ("five", 5), ("one", 1), ("nine", 9), ("five-too", 5) })
        {
            await node.SubmitAsync(work.Request(id) with { Priority = priority });
            node.Advance(TimeSpan.FromMilliseconds(10));
        }

        await CompleteAllAsync(node, 5);
        Assert.Equal(["busy", "nine", "five", "five-too", "one"], work.Order);
    }

    [Fact]
    public async Task A_job_that_waits_gains_a_level_every_half_minute()
    {
        await using var node = await StartAsync(slots: 1);
        await node.SubmitAsync(work.Request("busy"));
        await node.SubmitAsync(work.Request("old") with { Priority = 0 });
        node.Advance(TimeSpan.FromSeconds(30 * 4) + TimeSpan.FromSeconds(1));
        await node.SubmitAsync(work.Request("four") with { Priority = 4 });
        await node.SubmitAsync(work.Request("five") with { Priority = 5 });

        await CompleteAllAsync(node, 4);
        Assert.Equal(["busy", "five", "old", "four"], work.Order);
    }

    private async Task CompleteAllAsync(TestNode node, int jobs)
    {
        for (var done = 0; done < jobs; done++)
        {
            work.Begun[done].Complete();
            node.Run();
        }
    }

    private static async Task<QueueView> ChangeAsync(TestNode node, QueueChange change) =>
        await node.DriveAsync(node.Control.ChangeQueueAsync("default", change));

    private async Task<SubmitResult> SubmitAsync(TestNode node, string queue = "default") =>
        await node.DriveAsync(node.Client.SubmitAsync(work.Request() with { Queue = queue }));

    private Task<TestNode> StartAsync(int slots = 4) => TestNode.StartAsync(new TestNodeSetup { Kinds = [work.Kind], Slots = slots });
}
