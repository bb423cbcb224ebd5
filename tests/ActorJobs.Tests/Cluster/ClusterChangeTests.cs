using ActorJobs.TestKit.Audits;
using ActorJobs.TestKit.Clusters;
using ActorJobs.TestKit.Nodes;

namespace ActorJobs.Tests.Cluster;

/// <summary>Nodes come, go, die, and are cut off; work goes on.</summary>
public sealed class ClusterChangeTests
{
    private readonly ScriptedKind work = new("work") { ListensToCancellation = true };

    [Fact]
    public async Task A_first_node_runs_every_shard_and_a_second_one_gets_half_of_them()
    {
        await using var cluster = await StartAsync(1);
        Assert.Equal(12, cluster.Nodes[0].Shards.Count);

        await cluster.StartNodeAsync();

        cluster.AdvanceUntil(() => cluster.IsBalanced, TimeSpan.FromSeconds(3));
        Assert.Equal([6, 6], cluster.Nodes.Select(node => node.Shards.Count));
    }

    [Fact]
    public async Task Jobs_go_on_within_half_a_second_while_a_node_joins()
    {
        await using var cluster = await StartAsync(2);
        await EchoAsync(cluster, "before");

        await cluster.StartNodeAsync();

        await NeverLateAsync(cluster, TimeSpan.FromSeconds(6));
        Assert.True(cluster.IsBalanced);
        await AuditAsync(cluster);
    }

    [Fact]
    public async Task Jobs_go_on_within_half_a_second_while_a_node_leaves()
    {
        await using var cluster = await StartAsync(3);

        var leaving = cluster.Nodes[0].Node.Jobs.StopAsync(TimeSpan.FromSeconds(30));

        await NeverLateAsync(cluster, TimeSpan.FromSeconds(6), cluster.Nodes.Skip(1));
        await cluster.DriveThroughAsync(DoneAsync(leaving));
        Assert.Equal([6, 6], cluster.Nodes.Skip(1).Select(node => node.Shards.Count));
        Assert.Equal(["node-2", "node-3"], cluster.Nodes[1].Cluster.Nodes.Select(node => node.Name));
        await AuditAsync(cluster);
    }

    [Fact]
    public async Task A_leaving_node_finishes_what_it_runs_after_its_shards_have_gone()
    {
        await using var cluster = await StartAsync(2, slots: 1);
        foreach (var id in IdsOf(cluster, 0).Take(1))
            await cluster.SubmitAsync(cluster.Nodes[0], work.Request(id));
        cluster.AdvanceUntil(() => work.Begun.Count == 1);
        var job = new JobId(work.Order[0]);
        var runner = cluster.Nodes.Single(node => node.Name == cluster.View(job).Attempts[^1].Node);

        var leaving = runner.Node.Jobs.StopAsync(TimeSpan.FromSeconds(30));
        cluster.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(runner.Shards);
        Assert.False(leaving.IsCompleted);
        work.Begun[0].Complete("in time");

        await cluster.DriveThroughAsync(DoneAsync(leaving));
        var view = cluster.View(job);
        Assert.Equal((JobStatus.Completed, 1), (view.State, view.Attempt));
    }

    [Fact]
    public async Task What_a_leaving_node_has_not_finished_by_its_deadline_runs_elsewhere_and_costs_no_attempt()
    {
        await using var cluster = await StartAsync(2, slots: 1);
        await cluster.SubmitAsync(cluster.Nodes[0], work.Request(IdsOf(cluster, 0).First()));
        cluster.AdvanceUntil(() => work.Begun.Count == 1);
        var job = new JobId(work.Order[0]);
        var runner = cluster.Nodes.Single(node => node.Name == cluster.View(job).Attempts[^1].Node);

        await runner.LeaveAsync(TimeSpan.FromSeconds(5));
        cluster.AdvanceUntil(() => work.Begun.Count == 2, TimeSpan.FromSeconds(1));
        work.Begun[1].Complete();

        var view = cluster.AdvanceUntil(job, JobStatus.Completed);
        Assert.Equal(AttemptOutcome.Interrupted, view.Attempts[0].Outcome);
        Assert.NotEqual(runner.Name, view.Attempts[1].Node);
    }

    [Fact]
    public async Task A_dead_nodes_jobs_run_again_elsewhere_within_eight_seconds()
    {
        await using var cluster = await StartAsync(3);
        foreach (var id in Enumerable.Range(0, 12).Select(i => $"job-{i}"))
            await cluster.SubmitAsync(cluster.Nodes[0], work.Request(id) with { Backoff = new Backoff.Fixed(TimeSpan.Zero) });
        cluster.AdvanceUntil(() => work.Begun.Count == 12);
        var lost = Enumerable.Range(0, 12).Select(i => new JobId($"job-{i}")).Where(id => cluster.View(id).Attempts[^1].Node == "node-1").ToArray();
        Assert.NotEmpty(lost);
        foreach (var attempt in work.Begun.Where(attempt => !lost.Contains(attempt.Context.Id)))
            attempt.Complete();

        cluster.Nodes[0].Kill();

        cluster.AdvanceUntil(() => work.Begun.Count == 12 + lost.Length, TimeSpan.FromSeconds(8));
        foreach (var attempt in work.Begun.Skip(12))
            attempt.Complete();
        foreach (var id in lost)
            Assert.Equal([AttemptOutcome.Lost, AttemptOutcome.Completed], cluster.AdvanceUntil(id, JobStatus.Completed).Attempts.Select(attempt => attempt.Outcome));
        await AuditAsync(cluster);
    }

    [Fact]
    public async Task What_was_accepted_is_done_although_its_node_dies_in_the_same_instant()
    {
        await using var cluster = await StartAsync(3);
        var ids = new List<JobId>();
        for (var i = 0; i < 20; i++)
            ids.Add(await cluster.SubmitAsync(cluster.Nodes[0], JobRequest.Of("builtin.echo", i) with { Id = new JobId($"job-{i}") }));

        cluster.Nodes[0].Kill();

        foreach (var id in ids)
            cluster.AdvanceUntil(id, JobStatus.Completed);
        await AuditAsync(cluster);
    }

    [Fact]
    public async Task A_node_cut_off_from_the_store_stops_owning_within_its_lease_and_recovers_by_itself()
    {
        await using var cluster = await StartAsync(3);
        var cut = cluster.Nodes[0];
        await cluster.SubmitAsync(cut, work.Request(IdsOf(cluster, 0).First()));
        cluster.AdvanceUntil(() => work.Begun.Count == 1);
        var job = new JobId(work.Order[0]);
        var runsOn = cluster.View(job).Attempts[^1].Node;
        Assert.Equal("node-1", runsOn); // work of its own shard, and there was room

        cut.CutOff();
        cluster.AdvanceUntil(() => cut.Shards.Count == 0, cluster.Setup.Lease);
        cluster.AdvanceUntil(() => cluster.Nodes.Skip(1).Sum(node => node.Shards.Count) == 12, TimeSpan.FromSeconds(8));
        var refused = Assert.IsType<SubmitResult.Unavailable>(await cluster.DriveThroughAsync(cut.Client.SubmitAsync(work.Request("refused"))));
        Assert.True(refused.RetryAfter > TimeSpan.Zero);

        cut.Reconnect();
        cluster.AdvanceUntil(() => cluster.IsBalanced, TimeSpan.FromSeconds(20));
        Assert.IsType<SubmitResult.Accepted>(await cluster.DriveThroughAsync(cut.Client.SubmitAsync(work.Request("accepted"))));
        cluster.AdvanceUntil(() => work.Order.Contains("accepted"));
        await AuditAsync(cluster);
    }

    [Fact]
    public async Task A_cut_off_nodes_attempt_ends_once_whoever_is_first()
    {
        await using var cluster = await StartAsync(2);
        var cut = cluster.Nodes[0];
        var job = await cluster.SubmitAsync(cut, work.Request(IdsOf(cluster, 0).First()) with { Backoff = new Backoff.Fixed(TimeSpan.Zero) });
        cluster.AdvanceUntil(() => work.Begun.Count == 1);
        Assert.Equal("node-1", cluster.View(job).Attempts[^1].Node);

        cut.CutOff();
        cluster.AdvanceUntil(() => work.Begun.Count == 2, TimeSpan.FromSeconds(12)); // lost, and again elsewhere
        work.Begun[0].Complete("too late");
        cut.Reconnect();
        cluster.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(JobStatus.Running, cluster.View(job).State);
        work.Begun[1].Complete("in time");

        Assert.Equal("\"in time\"", cluster.AdvanceUntil(job, JobStatus.Completed).Result.ToString());
        cluster.AdvanceUntil(() => cluster.Nodes.All(node => node.HeldClaims == 0), TimeSpan.FromSeconds(10));
        await AuditAsync(cluster);
    }

    [Fact]
    public async Task An_outage_of_the_store_for_everybody_loses_nothing_and_ends_no_attempt()
    {
        await using var cluster = await StartAsync(3);
        for (var i = 0; i < 6; i++)
            await cluster.SubmitAsync(cluster.Nodes[i % 3], work.Request($"job-{i}"));
        cluster.AdvanceUntil(() => work.Begun.Count == 6);

        foreach (var node in cluster.Nodes)
            node.CutOff();
        cluster.Advance(TimeSpan.FromSeconds(5));
        foreach (var attempt in work.Begun)
            attempt.Complete();
        cluster.Advance(TimeSpan.FromSeconds(15));
        foreach (var node in cluster.Nodes)
            node.Reconnect();

        for (var i = 0; i < 6; i++)
            Assert.Equal(1, cluster.AdvanceUntil(new JobId($"job-{i}"), JobStatus.Completed).Attempt);
        cluster.AdvanceUntil(() => cluster.IsBalanced);
        await AuditAsync(cluster);
    }

    [Fact]
    public async Task A_node_that_was_stopped_past_its_lease_can_write_nothing_with_what_it_knew()
    {
        await using var cluster = await StartAsync(3);
        var zombie = cluster.Nodes[0];
        var id = new JobId(IdsOf(cluster, 0).First());
        await cluster.SubmitAsync(zombie, work.Request(id.Value) with { Backoff = new Backoff.Fixed(TimeSpan.Zero) });
        cluster.AdvanceUntil(() => work.Begun.Count == 1);

        zombie.Freeze();
        cluster.AdvanceUntil(() => work.Begun.Count == 2, TimeSpan.FromSeconds(8));
        work.Begun[1].Complete("second");
        cluster.AdvanceUntil(id, JobStatus.Completed);
        work.Begun[0].Complete("first");
        zombie.Thaw();
        cluster.AdvanceUntil(() => cluster.IsBalanced, TimeSpan.FromSeconds(20));

        Assert.Equal("\"second\"", cluster.View(id).Result.ToString());
        Assert.IsType<SubmitResult.Accepted>(await cluster.DriveThroughAsync(zombie.Client.SubmitAsync(work.Request("later"))));
        await AuditAsync(cluster);
    }

    [Fact]
    public async Task Nodes_that_cannot_hear_one_another_lose_nothing_and_find_together_again()
    {
        await using var cluster = await StartAsync(2);
        cluster.Network.Cut("node-1", "node-2");
        var remote = IdsOf(cluster, 1).First();

        var submitting = cluster.Nodes[0].Client.SubmitAsync(JobRequest.Of("builtin.echo", 1) with { Id = new JobId(remote) });
        var answer = await cluster.DriveThroughAsync(submitting, TimeSpan.FromSeconds(1));
        Assert.IsType<SubmitResult.Unavailable>(answer);
        cluster.Network.Mend();
        cluster.Advance(TimeSpan.FromSeconds(5));

        await cluster.SubmitAsync(cluster.Nodes[0], JobRequest.Of("builtin.echo", 1) with { Id = new JobId(remote) });
        cluster.AdvanceUntil(new JobId(remote), JobStatus.Completed);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_and_nothing_happens_twice()
    {
        await using var cluster = await StartAsync(2);
        var remote = IdsOf(cluster, 1).First();
        var lost = 0;
        cluster.Network.Fate = call => call.Operation == "commands" && lost++ < 2 ? NetworkFate.AnswerLost : NetworkFate.Delivered;

        await cluster.SubmitAsync(cluster.Nodes[0], JobRequest.Of("builtin.echo", 1) with { Id = new JobId(remote) });

        Assert.True(lost >= 2);
        Assert.Equal(1, cluster.AdvanceUntil(new JobId(remote), JobStatus.Completed).Attempt);
    }

    private Task<TestCluster> StartAsync(int nodes, int slots = 4) => TestCluster.StartAsync(nodes, new TestClusterSetup
    {
        Kinds = [work.Kind],
        Node = (_, setup) => setup with { Slots = slots },
    });

    private static async Task EchoAsync(TestCluster cluster, string id) =>
        cluster.AdvanceUntil(await cluster.SubmitAsync(cluster.Living[0], JobRequest.Of("builtin.echo", 1) with { Id = new JobId(id) }), JobStatus.Completed);

    /// <summary>For so long, jobs come ten a second through all nodes, and each is done within half a second of its submit.</summary>
    private static async Task NeverLateAsync(TestCluster cluster, TimeSpan duration, IEnumerable<TestClusterNode>? through = null)
    {
        var end = cluster.Time.GetUtcNow() + duration;
        TestClusterNode[] nodes = [.. through ?? cluster.Living];
        for (var i = 0; cluster.Time.GetUtcNow() < end; i++)
        {
            var from = cluster.Time.GetUtcNow();
            var id = await cluster.SubmitAsync(nodes[i % nodes.Length], JobRequest.Of("builtin.echo", i) with { Id = new JobId($"echo-{i}") });
            cluster.AdvanceUntil(id, JobStatus.Completed);
            var took = cluster.Time.GetUtcNow() - from;
            Assert.True(took <= TimeSpan.FromMilliseconds(500), $"job {i} took {took} from {from:O}, seed {cluster.Setup.Seed}: {string.Join(", ", cluster.View(id).Attempts)}");
            cluster.Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    private static async Task AuditAsync(TestCluster cluster) =>
        await new JobAudit(cluster.Store, cluster.Setup.Shards, $"seed {cluster.Setup.Seed}").CheckAsync();

    private static IEnumerable<string> IdsOf(TestCluster cluster, int node) => Enumerable.Range(0, 1000).Select(i => $"id-{i}")
        .Where(id => cluster.Nodes[node].Shards.ContainsKey(Actors.Entities.ShardHash.Of(id, cluster.Setup.Shards)));

    private static async ValueTask<bool> DoneAsync(Task task)
    {
        await task;
        return true;
    }
}
