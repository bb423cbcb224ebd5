using ActorJobs.TestKit.Clusters;
using ActorJobs.TestKit.Nodes;

namespace ActorJobs.Tests.Cluster;

/// <summary>Claims that nobody would bring to their end are found and ended.</summary>
public sealed class ClusterClaimTests
{
    private readonly ScriptedKind work = new("work") { ListensToCancellation = true };

    [Fact]
    public async Task Claims_of_a_dead_node_are_ended_although_another_one_does_not_answer()
    {
        await using var cluster = await TestCluster.StartAsync(3, new TestClusterSetup { Kinds = [work.Kind], Node = (_, setup) => setup with { Slots = 4 } });
        for (var i = 0; i < 12; i++)
            await cluster.SubmitAsync(cluster.Nodes[i % 3], work.Request($"job-{i}") with { Backoff = new Backoff.Fixed(TimeSpan.Zero) });
        cluster.AdvanceUntil(() => work.Begun.Count == 12);
        var lost = Enumerable.Range(0, 12).Select(i => new JobId($"job-{i}")).Count(id => cluster.View(id).Attempts[^1].Node == "node-1");
        foreach (var attempt in work.Begun.Skip(6).Where(attempt => cluster.View(attempt.Context.Id).Attempts[^1].Node != "node-1").Take(lost))
            attempt.Complete();
        cluster.Advance(TimeSpan.FromMilliseconds(100));
        cluster.Network.Fate = call => call.Operation == "held" ? NetworkFate.Silence : NetworkFate.Delivered;

        cluster.Nodes[0].Kill();

        cluster.AdvanceUntil(() => Enumerable.Range(0, 12).Count(i => cluster.View(new JobId($"job-{i}")).Attempts is [{ Outcome: AttemptOutcome.Lost }, ..]) == lost, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_pull_whose_answer_was_lost_costs_its_jobs_no_attempt()
    {
        await using var cluster = await TestCluster.StartAsync(2, new TestClusterSetup { Kinds = [work.Kind], Node = (_, setup) => setup with { Slots = 1 } });
        cluster.Advance(TimeSpan.FromSeconds(30));
        var lost = 0;
        cluster.Network.Fate = call => call.Operation == "pull" && lost++ < 3 ? NetworkFate.AnswerLost : NetworkFate.Delivered;
        for (var i = 0; i < 4; i++)
            await cluster.SubmitAsync(cluster.Nodes[0], JobRequest.Of("builtin.echo", i) with { Id = new JobId($"job-{i}") });

        for (var i = 0; i < 4; i++)
            Assert.Equal(AttemptOutcome.Completed, cluster.AdvanceUntil(new JobId($"job-{i}"), JobStatus.Completed, TimeSpan.FromMinutes(3)).Attempts[^1].Outcome);
    }
}
