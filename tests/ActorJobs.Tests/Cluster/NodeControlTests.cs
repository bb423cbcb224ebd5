using ActorJobs.Cluster;
using ActorJobs.TestKit.Audits;
using ActorJobs.TestKit.Clusters;
using ActorJobs.TestKit.Nodes;

namespace ActorJobs.Tests.Cluster;

/// <summary>Operators' orders reach the node they are for, and the dead are declared so.</summary>
public sealed class NodeControlTests
{
    private static readonly TimeSpan LongLease = TimeSpan.FromMinutes(1);

    private readonly ScriptedKind work = new("work") { ListensToCancellation = true };

    [Fact]
    public async Task A_drained_node_finishes_what_it_runs_takes_nothing_more_and_stays()
    {
        await using var cluster = await StartAsync(2, slots: 1);
        for (var i = 0; i < 4; i++)
            await cluster.SubmitAsync(cluster.Nodes[0], work.Request($"job-{i}"));
        cluster.AdvanceUntil(() => work.Begun.Count == 2);

        Assert.Equal(NodeControlResult.Done, await cluster.DriveThroughAsync(OrdersOf(cluster, 0).OrderAsync("node-2", NodeOrder.Drain)));
        cluster.Advance(TimeSpan.FromMinutes(20)); // longer than any shutdown

        Assert.Empty(cluster.Nodes[1].Shards);
        Assert.Equal("Leaving", cluster.Nodes[0].Cluster.Nodes.Single(node => node.Name == "node-2").State);
        Assert.IsType<SubmitResult.Unavailable>(await cluster.DriveThroughAsync(cluster.Nodes[1].Client.SubmitAsync(work.Request("refused"))));
        Assert.Equal(2, work.Open.Count);

        cluster.AdvanceUntil(() =>
        {
            foreach (var attempt in work.Open)
                attempt.Complete();
            return work.Begun.Count == 4 && Ids(4).All(id => cluster.View(id).State == JobStatus.Completed);
        });
        Assert.Equal(["node-1", "node-1", "node-1", "node-2"], Ids(4).Select(id => Assert.Single(cluster.View(id).Attempts).Node).Order(StringComparer.Ordinal));
        await new JobAudit(cluster.Store, cluster.Setup.Shards, $"seed {cluster.Setup.Seed}").CheckAsync();
    }

    [Fact]
    public async Task A_drained_node_that_is_told_to_stop_is_gone_at_once()
    {
        await using var cluster = await StartAsync(2);
        await cluster.DriveThroughAsync(OrdersOf(cluster, 1).OrderAsync("node-2", NodeOrder.Drain));
        cluster.AdvanceUntil(() => cluster.Nodes[1].Shards.Count == 0 && cluster.Nodes[0].Shards.Count == 12);

        var from = cluster.Time.GetUtcNow();
        await cluster.Nodes[1].LeaveAsync(TimeSpan.FromSeconds(30));

        Assert.InRange(cluster.Time.GetUtcNow() - from, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task An_order_to_leave_ends_the_process_it_is_for_and_no_other()
    {
        await using var cluster = await StartAsync(2);
        var left = new List<string>();
        cluster.Nodes[0].Node.Left = () => left.Add("node-1");
        cluster.Nodes[1].Node.Left = () => left.Add("node-2");

        Assert.Equal(NodeControlResult.Done, await cluster.DriveThroughAsync(OrdersOf(cluster, 0).OrderAsync("node-2", NodeOrder.Leave)));
        Assert.Equal(["node-2"], left);
        Assert.Equal(NodeControlResult.Done, await OrdersOf(cluster, 0).OrderAsync("node-1", NodeOrder.Leave));
        Assert.Equal(["node-2", "node-1"], left);
        Assert.Equal(NodeControlResult.NotFound, await OrdersOf(cluster, 0).OrderAsync("node-9", NodeOrder.Leave));
    }

    [Fact]
    public async Task A_dead_nodes_shards_are_taken_at_once_when_it_is_declared_dead()
    {
        await using var cluster = await StartAsync(3, lease: LongLease);
        cluster.Nodes[2].Kill();
        Assert.Equal(NodeControlResult.Silent, await cluster.DriveThroughAsync(OrdersOf(cluster, 0).OrderAsync("node-3", NodeOrder.Leave)));

        Assert.Equal(NodeControlResult.Done, await cluster.DriveThroughAsync(OrdersOf(cluster, 0).DeclareDownAsync("node-3", force: false)));

        cluster.AdvanceUntil(() => cluster.IsBalanced, TimeSpan.FromSeconds(2));
        Assert.Equal([6, 6], cluster.Living.Select(node => node.Shards.Count));
    }

    [Fact]
    public async Task A_node_that_stands_still_may_be_declared_dead_and_can_do_no_harm_when_it_goes_on()
    {
        await using var cluster = await StartAsync(3, lease: LongLease);
        var zombie = cluster.Nodes[2];
        zombie.Freeze();

        Assert.Equal(NodeControlResult.Done, await cluster.DriveThroughAsync(OrdersOf(cluster, 0).DeclareDownAsync("node-3", force: false)));
        cluster.AdvanceUntil(() => cluster.Nodes.Take(2).Sum(node => node.Shards.Count) == 12, TimeSpan.FromSeconds(2));
        zombie.Thaw();

        cluster.AdvanceUntil(() => cluster.IsBalanced, LongLease);
        await EchoAsync(cluster, zombie);
    }

    [Fact]
    public async Task A_node_that_answers_is_declared_dead_only_by_force_and_joins_again()
    {
        await using var cluster = await StartAsync(3, slots: 1);
        await cluster.SubmitAsync(cluster.Nodes[0], work.Request("twice") with { Backoff = new Backoff.Fixed(TimeSpan.Zero) });
        cluster.AdvanceUntil(() => work.Begun.Count == 1);
        var runner = cluster.View(new JobId("twice")).Attempts[^1].Node;
        var asked = cluster.Nodes.First(node => node.Name != runner);

        Assert.Equal(NodeControlResult.Alive, await cluster.DriveThroughAsync(asked.Node.Jobs.Orders.DeclareDownAsync(runner, force: false)));
        Assert.Equal(NodeControlResult.Own, await asked.Node.Jobs.Orders.DeclareDownAsync(asked.Name, force: true));
        Assert.True(cluster.IsBalanced);

        Assert.Equal(NodeControlResult.Done, await cluster.DriveThroughAsync(asked.Node.Jobs.Orders.DeclareDownAsync(runner, force: true)));

        cluster.AdvanceUntil(() => cluster.IsBalanced, TimeSpan.FromSeconds(30));
        foreach (var attempt in work.Open)
            attempt.Complete();
        cluster.AdvanceUntil(() =>
        {
            foreach (var attempt in work.Open)
                attempt.Complete();
            return cluster.View(new JobId("twice")).State == JobStatus.Completed;
        });
        await EchoAsync(cluster, asked);
        await new JobAudit(cluster.Store, cluster.Setup.Shards, $"seed {cluster.Setup.Seed}").CheckAsync();
    }

    private static INodeControl OrdersOf(TestCluster cluster, int node) => cluster.Nodes[node].Node.Jobs.Orders;

    private static IEnumerable<JobId> Ids(int count) => Enumerable.Range(0, count).Select(i => new JobId($"job-{i}"));

    private static async Task EchoAsync(TestCluster cluster, TestClusterNode through) =>
        cluster.AdvanceUntil(await cluster.SubmitAsync(through, JobRequest.Of("builtin.echo", 1) with { Id = new JobId("echo") }), JobStatus.Completed);

    private Task<TestCluster> StartAsync(int nodes, int slots = 4, TimeSpan? lease = null) => TestCluster.StartAsync(nodes, new TestClusterSetup
    {
        Kinds = [work.Kind],
        Lease = lease ?? TimeSpan.FromSeconds(6),
        Node = (_, setup) => setup with { Slots = slots },
    });
}
