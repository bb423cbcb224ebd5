using ActorJobs.Actors.Stores.Memory;
using ActorJobs.TestKit.Audits;
using ActorJobs.TestKit.Nodes;
using ActorJobs.TestKit.Stores;

namespace ActorJobs.Tests.Faults;

/// <summary>
/// A few jobs of every fate on a store that fails now and then: whatever fails, each of them must come to its end, and the node must be as good as
/// before.
/// </summary>
internal sealed class FaultScenario(string run)
{
    private static readonly KindOptions Quick = new() { Backoff = new Backoff.Fixed(TimeSpan.FromSeconds(1)) };

    private readonly ScriptedKind deaf = new("deaf");

    /// <summary>Runs it and returns how often the store was called.</summary>
    /// <param name="faults">Sets the faults, before anything but the opening has happened.</param>
    /// <param name="seed">Draws the order of turns.</param>
    public async Task<int> RunAsync(Action<FaultyEntityStore> faults, int seed)
    {
        await using var memory = new MemoryEntityStore();
        await using var store = new FaultyEntityStore(memory);
        await using var node = await TestNode.StartAsync(new TestNodeSetup { Store = store, Kinds = [Flaky, deaf.Kind], Slots = 2, Seed = seed });
        var before = store.Calls;
        faults(store);

        await SubmitAsync(node, JobRequest.Of("builtin.echo", 1) with { Id = new("echo"), Tags = ["red"], Tenant = "acme" });
        await SubmitAsync(node, new() { Kind = "flaky", Id = new("flaky") });
        await SubmitAsync(node, deaf.Request("stuck"));
        await SubmitAsync(node, JobRequest.Of("builtin.echo", 2) with { Id = new("later"), RunAt = node.Time.GetUtcNow().AddSeconds(2) });
        var unique = await SubmitAsync(node, JobRequest.Of("builtin.echo", 3) with { Unique = new("key", UniqueScope.Period, TimeSpan.FromHours(1), UniqueConflict.Existing) });
        await AskAsync(node, () => node.Client.CancelAsync(new("stuck")), answer => answer is JobCommandResult.Done);
        await ComeToRestAsync(node, memory);
        var calls = store.Calls - before;
        store.All.Clear();
        node.Advance(TimeSpan.FromMinutes(1));

        await CheckAsync(node, memory, unique);
        return calls;
    }

    private static JobKind Flaky => new("flaky", Quick, (_, context) =>
        new(context.Attempt == 1 ? JobOutcome.Failed("the first time") : new JobOutcome.Completion(RawJson.Null)));

    private async Task<JobId> SubmitAsync(TestNode node, JobRequest request)
    {
        var answer = await AskAsync(node, () => node.Client.SubmitAsync(request), answer => answer is SubmitResult.Accepted);
        return ((SubmitResult.Accepted)answer).Id;
    }

    // as a caller would: what is not known to have happened is asked for again
    private async Task<T> AskAsync<T>(TestNode node, Func<ValueTask<T>> ask, Func<T, bool> isDone)
    {
        T answer = default!;
        for (var tries = 0; tries < 20; tries++)
        {
            answer = await node.DriveThroughAsync(ask());
            if (isDone(answer))
                return answer;
            node.Advance(TimeSpan.FromSeconds(2));
        }

        throw new Xunit.Sdk.XunitException($"still {answer}; {run}");
    }

    private async Task ComeToRestAsync(TestNode node, MemoryEntityStore memory)
    {
        for (var waited = 0; waited < 60; waited++)
        {
            node.Advance(TimeSpan.FromSeconds(5));
            if ((await memory.CountAsync("job/", CancellationToken.None)).Keys.All(name => JobStatusOf(name).IsTerminal()))
                return;
        }

        throw new Xunit.Sdk.XunitException($"not all at their end: {string.Join(", ", await memory.CountAsync("job/", CancellationToken.None))}; {run}");
    }

    private async Task CheckAsync(TestNode node, MemoryEntityStore memory, JobId unique)
    {
        var jobs = await new JobAudit(memory, 4, run).CheckAsync();
        Assert.True(jobs.Count == 5, $"{jobs.Count} jobs; {run}");
        foreach (var id in new JobId[] { new("echo"), new("flaky"), new("later"), unique })
        {
            Assert.True(jobs[id].Status == JobStatus.Completed, $"{id} is {jobs[id].Status}; {run}");
            Assert.True(jobs[id].Attempts!.Count(attempt => attempt.Outcome == AttemptOutcome.Completed) == 1, $"{id} completed more than once; {run}");
        }

        Assert.True(jobs[new("stuck")].Status == JobStatus.Cancelled, $"stuck is {jobs[new("stuck")].Status}; {run}");
        Assert.True(node.Jobs.Board.Of("default").Waiting == 0, $"{node.Jobs.Board.Of("default").Waiting} are thought to wait; {run}");
        Assert.True((await node.Control.ListPoolsAsync())[0].Busy == 0, $"slots are taken; {run}");
        var more = await node.SubmitAsync(JobRequest.Of("builtin.echo", 4));
        await node.UntilAsync(more, JobStatus.Completed);
    }

    private static JobStatus JobStatusOf(string index) => ActorJobs.Jobs.JobIndex.Parse(index).Status;
}
