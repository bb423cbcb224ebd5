using ActorJobs.TestKit.Nodes;

namespace ActorJobs.Tests.Jobs;

/// <summary>Times that end something: the deadline for the start, and retention.</summary>
public sealed class DeadlineTests
{
    private readonly ScriptedKind work = new("work", options => options.Backoff = new Backoff.Fixed(TimeSpan.FromSeconds(10)));

    [Fact]
    public async Task A_job_that_has_not_started_in_time_expires()
    {
        await using var node = await StartAsync(slots: 1);
        var startBy = node.Time.GetUtcNow().AddSeconds(10);
        await node.SubmitAsync(work.Request("busy"));
        await node.SubmitAsync(work.Request("waiting") with { StartBy = startBy });
        await node.SubmitAsync(work.Request("scheduled") with { StartBy = startBy, RunAt = startBy.AddHours(1) });

        node.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromMilliseconds(1));
        Assert.Equal([JobStatus.Available, JobStatus.Scheduled], await StatesAsync(node));
        node.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal([JobStatus.Expired, JobStatus.Expired], await StatesAsync(node));
        work.Begun[0].Complete();
        node.Advance(TimeSpan.FromHours(2));
        Assert.Equal(["busy"], work.Order);
    }

    [Fact]
    public async Task A_job_that_started_in_time_may_be_retried_after_it()
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(work.Request() with { StartBy = node.Time.GetUtcNow().AddSeconds(5) });
        work.Begun[0].Throw(new InvalidOperationException());
        await node.UntilAsync(id, JobStatus.Retryable);

        node.Advance(TimeSpan.FromSeconds(10));
        work.Begun[1].Complete();

        await node.UntilAsync(id, JobStatus.Completed);
    }

    [Fact]
    public async Task An_expired_job_may_be_retried_by_hand_without_its_deadline()
    {
        await using var node = await StartAsync(slots: 1);
        await node.SubmitAsync(work.Request("busy"));
        var late = await node.SubmitAsync(work.Request("late") with { StartBy = node.Time.GetUtcNow().AddSeconds(1) });
        node.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(new JobCommandResult.Done(JobStatus.Available), await node.DriveAsync(node.Client.RetryAsync(late)));
        work.Begun[0].Complete();
        node.Run();

        Assert.Equal(["busy", "late"], work.Order);
    }

    [Theory]
    [InlineData(JobStatus.Completed, 24)]
    [InlineData(JobStatus.Cancelled, 24)]
    [InlineData(JobStatus.Expired, 24)]
    [InlineData(JobStatus.Discarded, 24 * 30)]
    public async Task An_ended_job_is_kept_for_its_retention_and_then_gone(JobStatus end, int hours)
    {
        await using var node = await StartAsync();
        var id = await EndedAsync(node, end);

        node.Advance(TimeSpan.FromHours(hours) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(end, (await node.ViewAsync(id)).State);
        node.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(await node.Client.FindAsync(id));
        Assert.Null(await node.Queries.HistoryAsync(id));
        Assert.Empty((await node.Queries.ListAsync(new(), null, 10)).Items);
        Assert.All((await node.DriveAsync(node.Queries.StatsAsync())).States.Values, count => Assert.Equal(0, count));
        Assert.IsType<JobCommandResult.NotFound>(await node.DriveAsync(node.Client.RetryAsync(id)));
        Assert.True(Assert.IsType<SubmitResult.Accepted>(await node.DriveAsync(node.Client.SubmitAsync(work.Request("job")))).IsNew);
    }

    [Fact]
    public async Task A_dead_letter_that_is_retried_is_not_deleted_under_its_new_life()
    {
        await using var node = await StartAsync();
        var id = await EndedAsync(node, JobStatus.Discarded);
        node.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        await node.DriveAsync(node.Client.RetryAsync(id));

        work.Open[^1].Context.Log("still here");
        node.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(JobStatus.Running, (await node.ViewAsync(id)).State);
    }

    private async Task<JobId> EndedAsync(TestNode node, JobStatus end)
    {
        var soon = node.Time.GetUtcNow().AddSeconds(1);
        var request = work.Request("job");
        var id = await node.SubmitAsync(end is JobStatus.Expired ? request with { StartBy = soon, RunAt = soon.AddHours(1) } : request with { Tags = ["t"], Tenant = "acme" });
        switch (end)
        {
            case JobStatus.Completed:
                work.Begun[0].Complete();
                break;
            case JobStatus.Cancelled:
                work.Begun[0].End(JobOutcome.Cancelled());
                break;
            case JobStatus.Discarded:
                work.Begun[0].End(JobOutcome.Discarded("no use"));
                break;
            case JobStatus.Expired:
                node.Advance(TimeSpan.FromSeconds(1));
                break;
        }

        await node.UntilAsync(id, end);
        return id;
    }

    private static async Task<IEnumerable<JobStatus>> StatesAsync(TestNode node) =>
        [(await node.ViewAsync(new("waiting"))).State, (await node.ViewAsync(new("scheduled"))).State];

    private Task<TestNode> StartAsync(int slots = 4) => TestNode.StartAsync(new TestNodeSetup { Kinds = [work.Kind], Slots = slots });
}
