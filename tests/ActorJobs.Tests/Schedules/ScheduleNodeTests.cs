using ActorJobs.TestKit.Nodes;

namespace ActorJobs.Tests.Schedules;

/// <summary>Schedules on a whole node with fake time: entities, outbox, jobs, reports.</summary>
public sealed class ScheduleNodeTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Jobs_run_at_their_times_and_their_ends_are_known()
    {
        await using var node = await TestNode.StartAsync();
        await PutAsync(node, Echo);

        node.Advance(5 * Minute);

        var view = await ViewAsync(node, view => view.Recent.Count >= 5);
        Assert.Equal((5, 0, 0), (view.Fired, view.Missed, view.Skipped));
        Assert.All(view.Recent, firing => Assert.Equal(FiringOutcome.Completed, firing.Outcome));
        var job = await node.ViewAsync(view.Recent[0].Job!.Value);
        Assert.Equal(("s", JobStatus.Completed), (job.ScheduleId, job.State));
        Assert.Equal(10, view.NextFirings.Count);
    }

    [Fact]
    public async Task A_killed_node_fires_each_time_once_and_after_two_hours_what_the_policy_says()
    {
        var kind = new ScriptedKind();
        var setup = new TestNodeSetup { Kinds = [kind.Kind] };
        await using (var first = await TestNode.StartAsync(setup))
        {
            await PutAsync(first, new ScheduleRequest { Every = Minute, Job = kind.Request(), MisfireAfter = TimeSpan.FromSeconds(10) });
            first.Advance(2 * Minute);
            await first.UntilAsync(() => kind.Begun.Count == 2);
            first.Kill();
        }

        setup.Time.Advance(TimeSpan.FromHours(2));
        await using var second = await TestNode.StartAsync(setup with { Name = "node-2" });
        second.Advance(TimeSpan.FromSeconds(30));

        var view = await ViewAsync(second, view => view.Missed > 0);
        Assert.Equal(3, view.Fired); // two before, one for the two hours
        Assert.Equal(3, view.Running.Select(firing => firing.Job).Distinct().Count());
        Assert.Equal(119, view.Missed);
    }

    [Fact]
    public async Task Two_owners_make_one_job_of_a_time()
    {
        var kind = new ScriptedKind();
        var setup = new TestNodeSetup { Kinds = [kind.Kind] };
        await using var first = await TestNode.StartAsync(setup);
        await PutAsync(first, new ScheduleRequest { Every = Minute, Job = kind.Request() });
        first.Advance(Minute / 2);
        await using var second = await TestNode.StartAsync(setup with { Name = "node-2" }); // takes the shards; the first does not know

        for (var turn = 0; turn < 12; turn++)
        {
            first.Advance(TimeSpan.FromSeconds(10)); // the one moves the clock of both
            second.Run();
        }

        await second.UntilAsync(() => kind.Begun.Select(attempt => attempt.Context.Id).Distinct().Count() == 2);
        Assert.Equal(2, kind.Begun.Select(attempt => attempt.Context.Id).Distinct().Count());
        Assert.Equal(2, (await ViewAsync(second, _ => true)).Fired);
    }

    [Fact]
    public async Task A_long_job_holds_back_the_next_and_a_cancelled_one_gives_way()
    {
        var kind = new ScriptedKind { ListensToCancellation = true };
        await using var node = await TestNode.StartAsync(new TestNodeSetup { Kinds = [kind.Kind] });
        await PutAsync(node, new ScheduleRequest { Every = Minute, Job = kind.Request(), Overlap = OverlapPolicy.CancelOther });
        node.Advance(Minute);
        await node.UntilAsync(() => kind.Begun.Count == 1);

        node.Advance(Minute);
        await node.UntilAsync(() => kind.Begun.Count == 2);

        var view = await ViewAsync(node, view => view.Recent.Count == 1);
        Assert.Equal(FiringOutcome.Cancelled, view.Recent[0].Outcome);
        Assert.Equal(2, view.Fired);
    }

    [Fact]
    public async Task Schedules_are_listed_by_id_page_by_page_and_deleted_ones_are_gone()
    {
        await using var node = await TestNode.StartAsync();
        foreach (var id in new[] { "c", "a", "b", "d" })
            await PutAsync(node, Echo, id);
        Assert.IsType<ScheduleCommandResult.Done>(await node.DriveAsync(node.Schedules.DeleteAsync("b")));
        node.Advance(TimeSpan.FromSeconds(1));

        var first = await node.Schedules.ListAsync(null, 2);
        var last = await node.Schedules.ListAsync(first.Next, 2);

        Assert.Equal(["a", "c"], first.Items.Select(item => item.Id));
        Assert.Equal(["d"], last.Items.Select(item => item.Id));
        Assert.Null(last.Next);
        Assert.Null(await node.Schedules.FindAsync("b"));
        await Assert.ThrowsAsync<FormatException>(() => node.Schedules.ListAsync("?", 2).AsTask());
    }

    private static ScheduleRequest Echo => new() { Every = Minute, Job = JobRequest.Of("builtin.echo", 1) };

    private static async Task PutAsync(TestNode node, ScheduleRequest request, string id = "s") =>
        Assert.IsType<ScheduleCommandResult.Done>(await node.DriveAsync(node.Schedules.PutAsync(id, request)));

    private static async Task<ScheduleView> ViewAsync(TestNode node, Func<ScheduleView, bool> match)
    {
        ScheduleView? seen = null;
        await node.UntilAsync(() => (seen = node.Schedules.FindAsync("s").AsTask().GetAwaiter().GetResult()) is { } view && match(view), "the schedule to go on");
        return seen!;
    }
}
