using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.AspNetCore;

namespace ActorJobs.Server.Tests.Api;

/// <summary>An action's entry does not lie with the dead node that the action is about.</summary>
public sealed class AuditIdTests
{
    private readonly FakeClusterNodes cluster = new();

    [Theory]
    [InlineData("node-a", "node-b", new[] { 0, 1, 3 })] // its own
    [InlineData("front", "node-a", new[] { 2 })] // none of its own: those of the living, and not of the one that it is about
    [InlineData("front", null, new[] { 0, 1, 2, 3 })]
    public void Entries_lie_on_shards_that_answer(string node, string? target, int[] shards)
    {
        var status = new NodeStatus(node, () => "memory", FakeEngine.Start, cluster.Shards.Count, new StoreHealth(TimeProvider.System), () => [], () => true);
        var ids = new AuditIds(status, cluster);

        var drawn = Enumerable.Range(0, 200).Select(_ => ShardHash.Of(ids.Draw(FakeEngine.Start, target), cluster.Shards.Count)).Distinct().Order();

        Assert.Equal(shards, drawn);
    }
}
