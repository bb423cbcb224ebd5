using ActorJobs.Limits;
using ActorJobs.TestKit.Clusters;
using ActorJobs.TestKit.Nodes;

namespace ActorJobs.Tests.Limits;

/// <summary>Limits hold for the cluster, whichever node picks, and whoever dies.</summary>
public sealed class ClusterLimitTests
{
    private readonly ScriptedKind work = new("work") { ListensToCancellation = true };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_rate_of_50_a_second_over_three_nodes_is_exceeded_in_no_window(int run)
    {
        var begun = new List<DateTimeOffset>();
        TestCluster? clock = null;
        var noted = new JobKind("noted", new KindOptions(), (_, _) =>
        {
            begun.Add(clock!.Time.GetUtcNow());
            return new(new JobOutcome.Completion(RawJson.Null));
        });
        await using var cluster = await StartAsync(3, run, [noted], new QueueOptions { Rate = "50/s" });
        clock = cluster;
        foreach (var node in cluster.Nodes)
            await cluster.DriveThroughAsync(node.Client.SubmitManyAsync([.. Enumerable.Repeat(new JobRequest { Kind = "noted" }, 100)]), TimeSpan.FromMilliseconds(1));

        cluster.AdvanceUntil(() => begun.Count == 300, TimeSpan.FromSeconds(30));

        var sorted = begun.Order().ToArray();
        for (var i = 50; i < sorted.Length; i++)
            Assert.True(sorted[i] - sorted[i - 50] >= TimeSpan.FromSeconds(1), $"51 starts within {sorted[i] - sorted[i - 50]}");
        Assert.InRange((sorted[^1] - sorted[0]).TotalSeconds, 5, 8); // and it is made use of
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_key_of_one_never_runs_two_at_once_across_the_death_of_its_nodes(int run)
    {
        await using var cluster = await StartAsync(3, run, [], new QueueOptions { KeyConcurrency = 1 });
        for (var i = 0; i < 12; i++)
        {
            await cluster.SubmitAsync(
                cluster.Nodes[i % 3], work.Request($"job-{i}") with { ConcurrencyKey = "one", Backoff = new Backoff.Fixed(TimeSpan.Zero) });
        }

        var ended = 0;
        while (cluster.Living.Count > 1)
        {
            for (var i = 0; i < 3; i++)
                ended += CompleteOne(cluster);
            cluster.AdvanceUntil(() => Running(cluster).Length == 1, TimeSpan.FromMinutes(2));
            var holder = cluster.View(Running(cluster)[0]).Attempts[^1].Node;
            cluster.Nodes.Single(node => node.Name == holder).Kill();
        }

        cluster.AdvanceUntil(() =>
        {
            if (Running(cluster) is not [])
                ended += CompleteOne(cluster);
            return Jobs().All(id => cluster.View(id).State.IsTerminal());
        }, TimeSpan.FromMinutes(10));
        Assert.Equal(12, Jobs().Count(id => cluster.View(id).State == JobStatus.Completed));
    }

    [Theory]
    [InlineData("a-dead-node", 30, 36)]
    [InlineData("node-2", 60, 66)]
    public async Task A_permit_that_nobody_gives_back_is_found_when_it_cannot_be_used_any_more(string asker, int earliest, int latest)
    {
        await using var cluster = await StartAsync(2, seed: 1, [], new QueueOptions { KeyConcurrency = 1 });
        var ask = new AskPermits(asker, 1, new QueueLimits { KeyConcurrency = 1 }, [new PermitWish("job-0", "one", null, null)]);
        var granted = await cluster.DriveThroughAsync(cluster.Nodes[0].Node.Entities.AskAsync<PermitsAnswer>(LimitEntity.Key("default"), ask));
        var at = cluster.Time.GetUtcNow();
        Assert.True(granted.Replies[0].Number > 0);

        await cluster.SubmitAsync(cluster.Nodes[0], work.Request("job-1") with { ConcurrencyKey = "one" });
        cluster.AdvanceUntil(() => cluster.View(new JobId("job-1")).State == JobStatus.Running, TimeSpan.FromMinutes(3));

        Assert.InRange((cluster.Time.GetUtcNow() - at).TotalSeconds, earliest, latest);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(33)]
    [InlineData(70)]
    public async Task A_key_of_one_never_runs_two_at_once_when_a_node_stands_still_and_comes_back(int seconds)
    {
        await using var cluster = await StartAsync(3, seconds, [], new QueueOptions { KeyConcurrency = 1 });
        for (var i = 0; i < 12; i++)
        {
            await cluster.SubmitAsync(
                cluster.Nodes[i % 3], work.Request($"job-{i}") with { ConcurrencyKey = "one", Backoff = new Backoff.Fixed(TimeSpan.Zero) });
        }

        // the one that runs a job, then two of which any may have a permit in hand
        foreach (var still in new[] { null, cluster.Nodes[1], cluster.Nodes[2] })
        {
            CompleteOne(cluster);
            cluster.AdvanceUntil(() => Running(cluster).Length == 1, TimeSpan.FromMinutes(2));
            var holder = cluster.View(Running(cluster)[0]).Attempts[^1].Node;
            var node = still ?? cluster.Nodes.Single(one => one.Name == holder);
            node.Freeze();
            for (var passed = 0; passed < 2 * seconds; passed++)
            {
                cluster.Advance(TimeSpan.FromMilliseconds(500));
                _ = Running(cluster); // looks that there is never more than one
            }

            node.Thaw();
        }

        cluster.AdvanceUntil(() =>
        {
            if (Running(cluster) is not [])
                CompleteOne(cluster);
            return Jobs().All(id => cluster.View(id).State.IsTerminal());
        }, TimeSpan.FromMinutes(10));
        Assert.Equal(12, Jobs().Count(id => cluster.View(id).State == JobStatus.Completed));
    }

    private static IEnumerable<JobId> Jobs() => Enumerable.Range(0, 12).Select(i => new JobId($"job-{i}"));

    /// <summary>The jobs that run by the store, of which there is never more than one.</summary>
    private static JobId[] Running(TestCluster cluster)
    {
        JobId[] running = [.. Jobs().Where(id => cluster.View(id).State == JobStatus.Running)];
        Assert.True(running.Length <= 1, string.Join(", ", running));
        return running;
    }

    private int CompleteOne(TestCluster cluster)
    {
        cluster.AdvanceUntil(() => Running(cluster).Length == 1 && Attempt(cluster) is not null, TimeSpan.FromMinutes(3));
        Attempt(cluster)!.Complete();
        cluster.Run();
        return 1;
    }

    private ScriptedAttempt? Attempt(TestCluster cluster) => Running(cluster) is [var id]
        ? work.Open.LastOrDefault(attempt => attempt.Context.Id == id && attempt.Context.Attempt == cluster.View(id).Attempt)
        : null;

    private Task<TestCluster> StartAsync(int nodes, int seed, IReadOnlyList<JobKind> kinds, QueueOptions queue) => TestCluster.StartAsync(nodes, new TestClusterSetup
    {
        Seed = TestKit.Specs.Seed.Next() + seed,
        Kinds = [work.Kind, .. kinds],
        Node = (_, setup) =>
        {
            setup.Options.Queues["default"] = queue;
            return setup with { Slots = 40 };
        },
    });
}
