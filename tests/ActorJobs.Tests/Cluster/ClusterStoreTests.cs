using ActorJobs.TestKit.Clusters;

namespace ActorJobs.Tests.Cluster;

/// <summary>What a cluster does about a store that may have lost what it had acknowledged.</summary>
public sealed class ClusterStoreTests
{
    [Fact]
    public async Task Shards_are_taken_anew_when_the_store_may_have_gone_back()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        var before = cluster.Nodes.SelectMany(node => node.Shards).ToDictionary();

        foreach (var node in cluster.Nodes)
            node.Store.Generation++;
        cluster.AdvanceUntil(() => cluster.IsBalanced && cluster.Nodes.SelectMany(node => node.Shards).All(shard => shard.Value > before[shard.Key]));

        var id = await cluster.SubmitAsync(cluster.Nodes[0], JobRequest.Of("builtin.echo", 1));
        Assert.Equal(JobStatus.Completed, cluster.AdvanceUntil(id, JobStatus.Completed).State);
    }
}
