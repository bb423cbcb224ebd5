using ActorJobs.Actors.Stores.Memory;
using ActorJobs.Jobs;
using ActorJobs.TestKit.Audits;
using ActorJobs.TestKit.Nodes;
using ActorJobs.TestKit.Stores;

namespace ActorJobs.Tests.Faults;

/// <summary>A node, or several after each other, with many jobs to which anything may happen, drawn from a seed.</summary>
internal sealed class NodeLife(int seed) : IAsyncDisposable
{
    private const int Steps = 100;
    private const int Shards = 4;

    private readonly Random random = new(seed);
    private readonly MemoryEntityStore memory = new();
    private readonly ScriptedKind work = new("work", options => options.Backoff = new Backoff.Exponential(TimeSpan.FromSeconds(2), 2, TimeSpan.FromMinutes(1), 1));
    private readonly HashSet<JobId> accepted = [];
    private FaultyEntityStore store = null!;
    private TestNode node = null!;
    private int starts;

    private string Run => $"ACTORJOBS_SEED={seed}";

    public async Task LiveAsync()
    {
        await StartAsync();
        for (var step = 0; step < Steps; step++)
            await StepAsync();
        await EndAsync();
        await CheckAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        await memory.DisposeAsync();
    }

    private async Task StepAsync()
    {
        switch (random.Next(20))
        {
            case < 5:
                await SubmitAsync(random.Next(1, 4));
                break;
            case < 7:
                await node.DriveThroughAsync(node.Client.CancelAsync(AnyJob()));
                break;
            case < 9:
                await node.DriveThroughAsync(node.Client.RetryAsync(AnyJob(), random.Next(2) == 0 ? RawJson.Of(random.Next()) : null));
                break;
            case < 10:
                await node.DriveThroughAsync(node.Client.PromoteAsync(AnyJob()));
                break;
            case < 14:
                EndAttempts();
                break;
            case < 15:
                Fail();
                break;
            case < 16:
                await PauseAsync(random.Next(2) == 0);
                break;
            case < 17:
                await RestartAsync();
                break;
            case < 18:
                await StealAsync();
                break;
            default:
                Advance();
                break;
        }
    }

    private async Task StartAsync()
    {
        store = new FaultyEntityStore(memory);
        node = await TestNode.StartAsync(new TestNodeSetup
        {
            Name = $"node-{++starts}",
            Store = store,
            Kinds = [work.Kind],
            Slots = 3,
            Seed = seed + starts,
            Time = node?.Time ?? new(),
            Options = new() { Shards = Shards },
        });
        node.Run();
    }

    private async Task RestartAsync()
    {
        if (random.Next(2) == 0)
            await node.StopAsync(TimeSpan.FromSeconds(random.Next(10)));
        await node.DisposeAsync();
        await new JobAudit(memory, Shards, Run).CheckAsync();
        await StartAsync();
    }

    private async Task SubmitAsync(int count)
    {
        var answers = await node.DriveThroughAsync(node.Client.SubmitManyAsync([.. Enumerable.Range(0, count).Select(_ => AnyRequest())]));
        foreach (var answer in answers.OfType<SubmitResult.Accepted>())
            accepted.Add(answer.Id);
    }

    private JobRequest AnyRequest()
    {
        var now = node.Time.GetUtcNow();
        var unique = random.Next(4) == 0 ? AnyRule() : null;
        return (random.Next(3) == 0 ? JobRequest.Of("builtin.echo", random.Next()) : work.Request()) with
        {
            Id = unique is null && random.Next(3) == 0 ? new JobId($"job-{random.Next(40)}") : null,
            Unique = unique,
            Queue = random.Next(3) == 0 ? "mail" : null,
            Priority = random.Next(10),
            MaxAttempts = random.Next(1, 4),
            RunAt = unique?.OnConflict == UniqueConflict.Debounce || random.Next(4) == 0 ? now.AddSeconds(random.Next(60)) : null,
            StartBy = random.Next(6) == 0 ? now.AddSeconds(random.Next(60)) : null,
            Timeout = random.Next(4) == 0 ? TimeSpan.FromSeconds(random.Next(1, 20)) : null,
            Tags = random.Next(3) == 0 ? ["red", $"tag-{random.Next(3)}"] : [],
            Tenant = random.Next(3) == 0 ? "acme" : null,
        };
    }

    private UniqueRule AnyRule() =>
        new($"key-{random.Next(4)}", (UniqueScope)random.Next(3), TimeSpan.FromSeconds(random.Next(1, 90)), (UniqueConflict)random.Next(4));

    // also those of nodes that are gone: they must change nothing
    private void EndAttempts()
    {
        for (var count = random.Next(1, 4); count > 0 && work.Open is { Count: > 0 } open; count--)
            End(open[random.Next(open.Count)]);
        node.Run();
    }

    private void End(ScriptedAttempt attempt)
    {
        switch (random.Next(8))
        {
            case 0:
                attempt.Throw(new InvalidOperationException("at random"));
                break;
            case 1:
                attempt.End(JobOutcome.Failed("at random", TimeSpan.FromSeconds(random.Next(5))));
                break;
            case 2:
                attempt.End(JobOutcome.Snoozed(TimeSpan.FromSeconds(random.Next(20))));
                break;
            case 3:
                attempt.End(JobOutcome.Discarded("at random"));
                break;
            case 4:
                attempt.End(JobOutcome.Cancelled());
                break;
            default:
                attempt.Complete(random.Next());
                break;
        }
    }

    private void Fail()
    {
        var script = store.All.Pass(random.Next(10));
        _ = random.Next(2) == 0 ? script.FailBefore() : script.FailAfter();
    }

    // somebody else owns a shard for a moment: what is on its way to it is refused
    private async Task StealAsync()
    {
        await memory.AcquireShardAsync(random.Next(Shards), "thief", CancellationToken.None);
        EndAttempts();
    }

    private async Task PauseAsync(bool paused)
    {
        try
        {
            await node.DriveThroughAsync(node.Control.ChangeQueueAsync(random.Next(2) == 0 ? "default" : "mail", new(Paused: paused)));
        }
        catch (Exception exception) when (exception is StoreFaultException or Actors.Entities.EntityException)
        {
            // the fault was meant for somebody
        }
    }

    // the first command after a theft is how the shard learns of it
    private async Task ResumeAsync(string queue)
    {
        try
        {
            await node.DriveThroughAsync(node.Control.ChangeQueueAsync(queue, new(Paused: false)));
        }
        catch (Actors.Entities.EntityException)
        {
            await node.DriveThroughAsync(node.Control.ChangeQueueAsync(queue, new(Paused: false)));
        }
    }

    private void Advance() => node.Advance(TimeSpan.FromMilliseconds(random.Next(20_000)));

    private JobId AnyJob() => accepted.Count > 0 && random.Next(10) > 0 ? accepted.ElementAt(random.Next(accepted.Count)) : new JobId("job-0");

    // everything is let go, until nothing is left to happen
    private async Task EndAsync()
    {
        store.All.Clear();
        foreach (var queue in new[] { "default", "mail" })
            await ResumeAsync(queue);
        for (var waited = 0; waited < 300; waited++)
        {
            foreach (var attempt in work.Open)
                attempt.Complete();
            node.Advance(TimeSpan.FromSeconds(5));
            if (work.Open.Count == 0 && (await memory.CountAsync(JobIndex.Prefix, CancellationToken.None)).Keys.All(name => JobIndex.Parse(name).Status.IsTerminal()))
                return;
        }

        Assert.Fail($"not all at their end: {string.Join(", ", await memory.CountAsync(JobIndex.Prefix, CancellationToken.None))}; {Run}");
    }

    private async Task CheckAsync()
    {
        var jobs = await new JobAudit(memory, Shards, Run).CheckAsync();
        Assert.True(accepted.All(jobs.ContainsKey), $"accepted and lost: {string.Join(", ", accepted.Where(id => !jobs.ContainsKey(id)))}; {Run}");
        foreach (var (id, job) in jobs)
        {
            var attempts = job.Attempts ?? [];
            Assert.True(attempts.Count(attempt => attempt.Outcome == AttemptOutcome.Completed) <= 1, $"{id} completed more than once; {Run}");
            Assert.True(attempts.Zip(attempts.Skip(1)).All(pair => pair.First.Number < pair.Second.Number), $"{id} has attempts out of order; {Run}");
            Assert.True(job.Status != JobStatus.Completed || attempts[^1].Outcome == AttemptOutcome.Completed, $"{id} completed without an attempt that did; {Run}");
        }

        foreach (var queue in new[] { "default", "mail" })
            Assert.True(node.Jobs.Board.Of(queue).Waiting == 0, $"{node.Jobs.Board.Of(queue).Waiting} are thought to wait in {queue}; {Run}");
        Assert.True((await node.Control.ListPoolsAsync())[0].Busy == 0, $"slots are taken; {Run}");
    }
}
