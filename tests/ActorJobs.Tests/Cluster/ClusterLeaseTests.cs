using ActorJobs.Pools.Remote;
using ActorJobs.TestKit.Clusters;

namespace ActorJobs.Tests.Cluster;

/// <summary>Remote workers may talk to any node, whichever holds the lease and whichever owns the job.</summary>
public sealed class ClusterLeaseTests
{
    private const string Kind = "python.work";

    [Fact]
    public async Task A_lease_taken_at_one_node_is_completed_through_another()
    {
        await using var cluster = await StartAsync();
        for (var i = 0; i < 6; i++)
        {
            var id = await cluster.SubmitAsync(cluster.Nodes[i % 3], Request($"job-{i}"));
            var lease = await LeaseAsync(cluster, cluster.Nodes[(i + 1) % 3]);

            Assert.Equal(id, lease.Id);
            var held = await TellAsync(cluster, cluster.Nodes[(i + 2) % 3], CallOf(lease) with { Fraction = 0.5 });
            var done = await TellAsync(cluster, cluster.Nodes[i % 3], CallOf(lease) with { Outcome = new JobOutcome.Completion(RawJson.Of(i)) });

            Assert.Equal((LeaseState.Held, LeaseState.Ended), (held.State, done.State));
            Assert.Equal((JobStatus.Completed, $"{i}"), (cluster.View(id).State, cluster.View(id).Result.ToString()));
        }
    }

    [Fact]
    public async Task When_the_node_with_the_lease_dies_the_job_is_lost_there_and_leased_again_elsewhere()
    {
        await using var cluster = await StartAsync();
        var id = await cluster.SubmitAsync(cluster.Nodes[0], Request("job"));
        var lost = await LeaseAsync(cluster, cluster.Nodes[1]);

        cluster.Nodes[1].Kill();
        cluster.AdvanceUntil(id, JobStatus.Available);
        var again = await LeaseAsync(cluster, cluster.Nodes[2]);
        var late = await TellAsync(cluster, cluster.Nodes[0], CallOf(lost) with { Outcome = new JobOutcome.Completion(RawJson.Of("late")) });
        var done = await TellAsync(cluster, cluster.Nodes[0], CallOf(again) with { Outcome = new JobOutcome.Completion(RawJson.Of("again")) });

        Assert.Equal((LeaseState.Lost, LeaseState.Ended), (late.State, done.State));
        Assert.Equal([AttemptOutcome.Lost, AttemptOutcome.Completed], cluster.View(id).Attempts.Select(attempt => attempt.Outcome!.Value));
        Assert.Equal("\"again\"", cluster.View(id).Result.ToString());
    }

    private static Task<TestCluster> StartAsync() => TestCluster.StartAsync(3, new TestClusterSetup
    {
        Kinds = [RemoteKinds.Unlisted(Kind)],
        Node = (_, setup) =>
        {
            setup.Options.Pools["default"] = new PoolOptions { Size = 2 };
            setup.Options.Pools["python"] = new PoolOptions { Remote = true, Queues = ["python"], Kinds = [Kind] };
            return setup;
        },
    });

    private static JobRequest Request(string id) => JobRequest.Of(Kind, 1) with { Id = new JobId(id), Queue = "python" };

    private static LeaseCall CallOf(LeasedJob lease) => new(lease.Token, lease.Id.Value, lease.Attempt);

    private static async Task<LeasedJob> LeaseAsync(TestCluster cluster, TestClusterNode node) => Assert.Single(Assert.IsType<LeaseResult.Leased>(
        await cluster.DriveThroughAsync(node.Node.Jobs.Remote.LeaseAsync("python", new LeaseRequest("worker", 1, TimeSpan.FromMinutes(1))))).Jobs);

    private static Task<LeaseAnswer> TellAsync(TestCluster cluster, TestClusterNode node, LeaseCall call) =>
        cluster.DriveThroughAsync(node.Node.Jobs.Remote.TellAsync(call));
}
