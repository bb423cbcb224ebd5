using ActorJobs.Bulk;
using ActorJobs.Jobs;
using ActorJobs.TestKit.Nodes;

namespace ActorJobs.Tests.Bulk;

/// <summary>A job that left the filter's state after it was found is not touched.</summary>
public sealed class BulkCommandTests
{
    private readonly ScriptedKind work = new("work");

    [Fact]
    public async Task A_retry_of_dead_letters_leaves_alone_what_was_dismissed_meanwhile()
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(work.Request() with { MaxAttempts = 1 });
        work.Begun[0].Throw(new InvalidOperationException());
        await node.UntilAsync(id, JobStatus.Discarded);

        // both have found it dead; the dismissal comes first
        var dismissed = await node.DriveAsync(CommandOf(node, "a", BulkVerb.Dismiss, JobStatus.Discarded).SendAsync(id, null, default));
        var retried = await node.DriveAsync(CommandOf(node, "b", BulkVerb.Retry, JobStatus.Discarded).SendAsync(id, null, default));
        var meant = await node.DriveAsync(CommandOf(node, "c", BulkVerb.Retry, JobStatus.Cancelled).SendAsync(id, null, default));

        Assert.Equal(new JobCommandResult.Done(JobStatus.Cancelled), dismissed);
        Assert.Equal(JobStatus.Cancelled, Assert.IsType<JobCommandResult.Refused>(retried).State);
        Assert.Equal(new JobCommandResult.Done(JobStatus.Available), meant);
    }

    [Fact]
    public async Task A_cancel_of_what_is_to_run_later_leaves_alone_what_runs()
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(work.Request() with { RunAt = node.Time.GetUtcNow().AddMinutes(1) });
        node.Advance(TimeSpan.FromMinutes(1));
        await node.UntilAsync(id, JobStatus.Running);

        var late = await node.DriveAsync(CommandOf(node, "a", BulkVerb.Cancel, JobStatus.Scheduled).SendAsync(id, null, default));
        var any = await node.DriveAsync(CommandOf(node, "b", BulkVerb.Cancel, null).SendAsync(id, null, default));

        Assert.Equal(JobStatus.Running, Assert.IsType<JobCommandResult.Refused>(late).State);
        Assert.Equal(new JobCommandResult.Done(JobStatus.Running), any);
    }

    [Theory]
    [InlineData(JobStatus.Retryable, false)]
    [InlineData(JobStatus.Scheduled, true)]
    public async Task A_promote_knows_what_waits_for_its_time_from_what_waits_for_its_retry(JobStatus state, bool isTaken)
    {
        await using var node = await StartAsync();
        var id = await node.SubmitAsync(work.Request() with { RunAt = node.Time.GetUtcNow().AddHours(1) });

        var result = await node.DriveAsync(CommandOf(node, "a", BulkVerb.Promote, state).SendAsync(id, null, default));

        Assert.Equal(isTaken, result is JobCommandResult.Done);
    }

    private static BulkCommand CommandOf(TestNode node, string action, BulkVerb verb, JobStatus? state) =>
        new((JobClient)node.Client, new JobId(action), new BulkRequest(verb, new JobFilter(State: state, Queue: "default")));

    private async ValueTask<TestNode> StartAsync() => await TestNode.StartAsync(new TestNodeSetup { Kinds = [work.Kind] });
}
