using ActorJobs.TestKit.Nodes;

namespace ActorJobs.Tests.Jobs;

/// <summary>Callers repeat what they got no answer for: the second time changes nothing.</summary>
public sealed class RepeatTests
{
    private readonly ScriptedKind work = new("work", options => options.Backoff = new Backoff.Fixed(TimeSpan.FromSeconds(10)));

    [Fact]
    public async Task A_submit_with_the_same_id_finds_the_job_there_is_in_whichever_state()
    {
        await using var node = await StartAsync();
        var request = work.Request("job") with { Args = RawJson.Parse("1"), RunAt = node.Time.GetUtcNow().AddSeconds(5), MaxAttempts = 1 };
        await node.SubmitAsync(request);
        async Task FindsAsync(JobStatus state) => Assert.Equal(
            new SubmitResult.Accepted(new("job"), state, "memory", IsNew: false),
            await node.DriveAsync(node.Client.SubmitAsync(request with { Args = RawJson.Parse("2") })));

        await FindsAsync(JobStatus.Scheduled);
        node.Advance(TimeSpan.FromSeconds(5));
        await FindsAsync(JobStatus.Running);
        work.Begun[0].Throw(new InvalidOperationException());
        await node.UntilAsync(new("job"), JobStatus.Discarded);
        await FindsAsync(JobStatus.Discarded);

        Assert.Equal("1", (await node.ViewAsync(new("job"))).Args.ToString());
        Assert.Equal(["submitted", "staged", "discarded"], await node.HistoryAsync(new("job")));
    }

    [Fact]
    public async Task The_same_id_twice_in_a_batch_makes_one_job()
    {
        await using var node = await StartAsync();

        var answers = await node.DriveAsync(node.Client.SubmitManyAsync([work.Request("job"), work.Request("job")]));

        Assert.Equal([true, false], answers.Cast<SubmitResult.Accepted>().Select(answer => answer.IsNew));
        Assert.Single(work.Begun);
    }

    [Fact]
    public async Task A_cancel_is_done_once()
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(work.Request());
        for (var times = 0; times < 3; times++)
            Assert.Equal(new JobCommandResult.Done(JobStatus.Running), await node.DriveAsync(node.Client.CancelAsync(id, $"reason {times}")));

        work.Begun[0].Throw(new OperationCanceledException());
        await node.UntilAsync(id, JobStatus.Cancelled);
        Assert.Equal(new JobCommandResult.Done(JobStatus.Cancelled), await node.DriveAsync(node.Client.CancelAsync(id)));
        Assert.Equal(["submitted", "cancel-requested", "cancelled"], await node.HistoryAsync(id));
    }

    [Fact]
    public async Task A_promote_is_done_once()
    {
        await using var node = await StartAsync(slots: 1);
        await node.SubmitAsync(work.Request("busy"));
        var id = await node.SubmitAsync(work.Request() with { RunAt = node.Time.GetUtcNow().AddHours(1) });
        for (var times = 0; times < 2; times++)
            Assert.Equal(new JobCommandResult.Done(JobStatus.Available), await node.DriveAsync(node.Client.PromoteAsync(id)));

        work.Begun[0].Complete();
        node.Run();
        Assert.Equal(new JobCommandResult.Done(JobStatus.Running), await node.DriveAsync(node.Client.PromoteAsync(id)));
        Assert.Equal(["submitted", "staged"], await node.HistoryAsync(id));
    }

    [Fact]
    public async Task A_retry_while_the_job_is_on_its_way_is_refused()
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(work.Request() with { MaxAttempts = 1 });
        work.Begun[0].Throw(new InvalidOperationException());
        await node.UntilAsync(id, JobStatus.Discarded);

        Assert.Equal(new JobCommandResult.Done(JobStatus.Available), await node.DriveAsync(node.Client.RetryAsync(id)));
        Assert.Equal(JobStatus.Running, Assert.IsType<JobCommandResult.Refused>(await node.DriveAsync(node.Client.RetryAsync(id))).State);
        Assert.Equal(2, work.Begun.Count);
    }

    // both commands reach the job in one turn: the job's place in its queue moves without its having left it
    [Fact]
    public async Task A_job_cancelled_and_retried_at_once_does_not_hide_those_behind_it()
    {
        await using var node = await TestNode.StartAsync(new TestNodeSetup { Kinds = [work.Kind], Slots = 1, Options = new() { Shards = 1 } });
        foreach (var id in new[] { "busy", "moved", "behind" })
        {
            await node.SubmitAsync(work.Request(id));
            node.Advance(TimeSpan.FromMilliseconds(1));
        }

        var (cancel, retry) = (node.Client.CancelAsync(new("moved")).AsTask(), node.Client.RetryAsync(new("moved")).AsTask());
        Assert.Equal(new JobCommandResult.Done(JobStatus.Cancelled), await node.DriveAsync(cancel));
        Assert.Equal(new JobCommandResult.Done(JobStatus.Available), await node.DriveAsync(retry));
        for (var number = 0; number < 3; number++)
        {
            work.Begun[number].Complete();
            node.Run();
        }

        Assert.Equal(["busy", "behind", "moved"], work.Order);
    }

    private Task<TestNode> StartAsync(int slots = 4) => TestNode.StartAsync(new TestNodeSetup { Kinds = [work.Kind], Slots = slots });
}
