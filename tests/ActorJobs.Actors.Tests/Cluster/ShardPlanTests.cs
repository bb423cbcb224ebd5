using ActorJobs.Actors.Cluster;

namespace ActorJobs.Actors.Tests.Cluster;

/// <summary>What a node does about a shard, for every case of what it runs, who owns it and who should.</summary>
public sealed class ShardPlanTests
{
    [Theory]
    [InlineData(false, null, true, "take")]
    [InlineData(false, "self", true, "take")]
    [InlineData(false, "dead", true, "take")]
    [InlineData(false, "other", true, "")]
    [InlineData(false, null, false, "")]
    [InlineData(false, "self", false, "release")]
    [InlineData(false, "other", false, "")]
    [InlineData(true, "self", true, "")]
    [InlineData(true, null, true, "take")]
    [InlineData(true, "dead", true, "take")]
    [InlineData(true, "other", true, "stop")]
    [InlineData(true, "self", false, "handOver")]
    [InlineData(true, null, false, "handOver")]
    [InlineData(true, "other", false, "stop")]
    public void A_shard_is_dealt_with_by_what_is_and_what_should_be(bool runs, string? owner, bool isWanted, string expected)
    {
        var wanted = Rendezvous.Allocate(8, ["self", "other"]);
        var shard = Array.IndexOf(wanted, isWanted ? "self" : "other");
        var owners = Enumerable.Range(0, 8).Where(other => other != shard).ToDictionary(other => other, other => wanted[other]!);
        if (owner is not null)
            owners[shard] = owner;
        var running = Enumerable.Range(0, 8).Where(other => other == shard ? runs : wanted[other] == "self").ToHashSet();

        var plan = ShardPlan.Of("self", 8, running, new ClusterView(new[] { Node("self"), Node("other") }.ToDictionary(node => node.Name), owners));

        Assert.Equal(expected == "take" ? [shard] : [], plan.Take);
        Assert.Equal(expected == "release" ? [shard] : [], plan.Release);
        Assert.Equal(expected == "stop" ? [shard] : [], plan.Stop);
        Assert.Equal(expected == "handOver" ? [shard] : [], plan.HandOver);
    }

    [Fact]
    public void A_node_that_leaves_alone_keeps_its_shards()
    {
        var plan = ShardPlan.Of("self", 2, new HashSet<int> { 0, 1 }, View(Node("self") with { IsLeaving = true }));

        Assert.Empty(plan.HandOver);
    }

    [Fact]
    public void A_node_without_the_role_gets_none()
    {
        var plan = ShardPlan.Of("self", 2, new HashSet<int>(), View(Node("self") with { Roles = ["front", "work"] }));

        Assert.Empty(plan.Take);
    }

    private static ClusterView View(ClusterNode node) => new(new Dictionary<string, ClusterNode> { [node.Name] = node }, new Dictionary<int, string>());

    private static ClusterNode Node(string name) => new(name, "http://x", [ClusterNode.Host], DateTimeOffset.UnixEpoch);
}
