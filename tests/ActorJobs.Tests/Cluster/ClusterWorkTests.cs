using ActorJobs.TestKit.Clusters;
using ActorJobs.TestKit.Nodes;

namespace ActorJobs.Tests.Cluster;

/// <summary>What users do works through every node, wherever the job is owned and wherever it runs.</summary>
public sealed class ClusterWorkTests
{
    private readonly ScriptedKind work = new("work") { ListensToCancellation = true };

    [Fact]
    public async Task A_job_submitted_through_any_node_is_done()
    {
        await using var cluster = await StartAsync(3);
        var ids = new List<JobId>();
        for (var i = 0; i < 30; i++)
            ids.Add(await cluster.SubmitAsync(cluster.Nodes[i % 3], JobRequest.Of("builtin.echo", i) with { Id = new JobId($"job-{i}") }));

        foreach (var (i, id) in ids.Index())
            Assert.Equal($"{i}", cluster.AdvanceUntil(id, JobStatus.Completed).Result.ToString());
    }

    [Fact]
    public async Task The_same_id_through_two_nodes_is_one_job()
    {
        await using var cluster = await StartAsync(3);
        var request = work.Request("one");

        var first = await cluster.DriveThroughAsync(cluster.Nodes[0].Client.SubmitAsync(request));
        var again = await cluster.DriveThroughAsync(cluster.Nodes[1].Client.SubmitAsync(request));

        Assert.True(Assert.IsType<SubmitResult.Accepted>(first).IsNew);
        Assert.False(Assert.IsType<SubmitResult.Accepted>(again).IsNew);
        Assert.Equal(["one"], work.Order);
    }

    [Fact]
    public async Task A_unique_key_holds_across_nodes()
    {
        await using var cluster = await StartAsync(3);
        var request = work.Request() with { Unique = new UniqueRule("invoice-7") };

        var first = await cluster.SubmitAsync(cluster.Nodes[0], request);
        var second = await cluster.DriveThroughAsync(cluster.Nodes[1].Client.SubmitAsync(request));

        Assert.Equal(first, Assert.IsType<SubmitResult.Conflict>(second).Holder);
    }

    [Fact]
    public async Task A_running_attempt_is_cancelled_from_every_node()
    {
        await using var cluster = await StartAsync(3);
        for (var i = 0; i < 6; i++)
        {
            var id = await cluster.SubmitAsync(cluster.Nodes[i % 3], work.Request($"job-{i}"));
            cluster.AdvanceUntil(() => work.Order.Contains(id.Value));

            Assert.IsType<JobCommandResult.Done>(await cluster.DriveThroughAsync(cluster.Nodes[(i + 1) % 3].Client.CancelAsync(id)));

            cluster.AdvanceUntil(id, JobStatus.Cancelled, TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task How_a_queue_is_steered_holds_on_every_node_when_it_is_answered()
    {
        await using var cluster = await StartAsync(3);
        for (var i = 0; i < 6; i++)
        {
            await cluster.DriveThroughAsync(cluster.Nodes[i % 3].Control.ChangeQueueAsync("default", new QueueChange { Paused = i % 2 == 0 }));

            foreach (var node in cluster.Nodes)
                Assert.Equal(i % 2 == 0, (await cluster.DriveThroughAsync(node.Control.FindQueueAsync("default")))?.Paused ?? false);
        }
    }

    [Fact]
    public async Task Nodes_without_work_take_it_from_those_that_have_too_much()
    {
        await using var cluster = await StartAsync(3, slots: 2);
        var owned = Enumerable.Range(0, 1000).Select(i => $"job-{i}").Where(id => OwnerOf(cluster, id) == cluster.Nodes[0]).Take(6).ToArray();
        foreach (var id in owned)
            await cluster.SubmitAsync(cluster.Nodes[0], work.Request(id));

        cluster.AdvanceUntil(() => work.Begun.Count == 6, TimeSpan.FromSeconds(1));

        var nodes = owned.Select(id => cluster.View(new JobId(id)).Attempts[^1].Node).ToArray();
        Assert.Equal(["node-1", "node-1", "node-2", "node-2", "node-3", "node-3"], nodes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Work_comes_to_waiting_nodes_without_time_passing()
    {
        await using var cluster = await StartAsync(2, slots: 1);
        cluster.Advance(TimeSpan.FromSeconds(30));
        var from = cluster.Time.GetUtcNow();
        for (var i = 0; i < 2; i++)
            await cluster.SubmitAsync(cluster.Nodes[0], work.Request(IdsOf(cluster, 0).ElementAt(i)));

        cluster.AdvanceUntil(() => work.Begun.Count == 2);

        Assert.Equal(from, cluster.Time.GetUtcNow());
    }

    [Fact]
    public async Task Watchers_on_every_node_see_progress_and_end_of_an_attempt_anywhere()
    {
        await using var cluster = await StartAsync(3);
        var id = await cluster.SubmitAsync(cluster.Nodes[0], work.Request("watched"));
        cluster.AdvanceUntil(() => work.Begun.Count == 1);
        work.Begun[0].Context.ReportProgress(0.5, "half");
        cluster.Advance(TimeSpan.FromSeconds(2));
        Assert.All(cluster.Nodes, node => Assert.Equal(0.5, node.Client.FindAsync(id).AsTask().GetAwaiter().GetResult()!.Progress?.Fraction));

        var watching = cluster.Nodes.Select(node => node.Node.Jobs.Client.WaitAsync(id, CancellationToken.None)).ToArray();
        work.Begun[0].Complete("done");

        foreach (var watch in watching)
            Assert.Equal(JobStatus.Completed, (await cluster.DriveThroughAsync(new ValueTask<JobView>(watch))).State);
    }

    [Fact]
    public async Task Every_node_can_say_why_a_job_waits()
    {
        await using var cluster = await StartAsync(3, slots: 1);
        await cluster.DriveThroughAsync(cluster.Nodes[0].Node.Control.ChangeQueueAsync("default", new(Paused: true)));
        cluster.Advance(TimeSpan.FromSeconds(1));
        var id = await cluster.SubmitAsync(cluster.Nodes[1], work.Request("held"));

        foreach (var node in cluster.Nodes)
            Assert.Contains("paused", (await cluster.DriveThroughAsync(node.Node.Queries.WhyAsync(id)))!.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_paused_through_one_node_starts_nothing_on_any_and_goes_on_when_resumed_through_another()
    {
        await using var cluster = await StartAsync(3);
        await cluster.DriveThroughAsync(cluster.Nodes[0].Node.Control.ChangeQueueAsync("default", new(Paused: true)));
        cluster.Advance(TimeSpan.FromMilliseconds(100));
        for (var i = 0; i < 12; i++)
            await cluster.SubmitAsync(cluster.Nodes[i % 3], work.Request($"job-{i}"));
        cluster.Advance(TimeSpan.FromSeconds(30));
        Assert.Empty(work.Begun);

        await cluster.DriveThroughAsync(cluster.Nodes[2].Node.Control.ChangeQueueAsync("default", new(Paused: false)));

        cluster.AdvanceUntil(() => work.Begun.Count == 12, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_bound_of_a_queue_holds_for_the_cluster()
    {
        await using var cluster = await StartAsync(3);
        await cluster.DriveThroughAsync(cluster.Nodes[0].Node.Control.ChangeQueueAsync("default", new(Paused: true, Capacity: 6)));
        cluster.Advance(TimeSpan.FromSeconds(5));
        for (var i = 0; i < 6; i++)
            await cluster.SubmitAsync(cluster.Nodes[0], work.Request($"job-{i}"));
        cluster.Advance(TimeSpan.FromSeconds(2)); // a beat: the others hear of it

        foreach (var node in cluster.Nodes)
            Assert.IsType<SubmitResult.QueueFull>(await cluster.DriveThroughAsync(node.Client.SubmitAsync(work.Request())));
    }

    [Fact]
    public async Task Every_node_shows_the_same_nodes_and_shards()
    {
        await using var cluster = await StartAsync(3);
        cluster.Advance(TimeSpan.FromSeconds(4)); // two beats

        foreach (var node in cluster.Nodes)
        {
            Assert.Equal([("node-1", 4, "Up"), ("node-2", 4, "Up"), ("node-3", 4, "Up")], node.Cluster.Nodes.Select(seen => (seen.Name, seen.Shards, seen.State)));
            Assert.Equal(cluster.Nodes[0].Cluster.Shards, node.Cluster.Shards);
            Assert.All(node.Cluster.Shards, shard => Assert.True(shard is { Owner: not null, Epoch: > 0 }, $"{shard}"));
        }
    }

    private Task<TestCluster> StartAsync(int nodes, int slots = 4) => TestCluster.StartAsync(nodes, new TestClusterSetup
    {
        Kinds = [work.Kind],
        Node = (_, setup) => setup with { Slots = slots },
    });

    private static IEnumerable<string> IdsOf(TestCluster cluster, int node) =>
        Enumerable.Range(0, 1000).Select(i => $"job-{i}").Where(id => OwnerOf(cluster, id) == cluster.Nodes[node]);

    private static TestClusterNode? OwnerOf(TestCluster cluster, string id) =>
        cluster.Living.FirstOrDefault(node => node.Shards.ContainsKey(Actors.Entities.ShardHash.Of(id, cluster.Setup.Shards)));
}
