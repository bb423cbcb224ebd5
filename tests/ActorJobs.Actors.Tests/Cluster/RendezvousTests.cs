using ActorJobs.Actors.Cluster;

namespace ActorJobs.Actors.Tests.Cluster;

/// <summary>Who should own what: the same for everybody, in equal shares, with few moves.</summary>
public sealed class RendezvousTests
{
    private const int Shards = 64;

    [Fact]
    public void Without_nodes_nobody_owns_anything() => Assert.All(Rendezvous.Allocate(4, []), Assert.Null);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(100)]
    public void Shares_differ_by_one_at_most(int count)
    {
        var owned = Rendezvous.Allocate(Shards, Names(count)).OfType<string>().CountBy(owner => owner).ToDictionary();

        Assert.All(Names(count), name => Assert.InRange(owned.GetValueOrDefault(name), Shards / count, (Shards + count - 1) / count));
    }

    [Fact]
    public void The_order_of_names_changes_nothing() =>
        Assert.Equal(Rendezvous.Allocate(Shards, Names(5)), Rendezvous.Allocate(Shards, [.. Names(5).Reverse()]));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(9)]
    public void Few_shards_move_when_a_node_comes(int count)
    {
        var (before, after) = (Rendezvous.Allocate(Shards, Names(count)), Rendezvous.Allocate(Shards, Names(count + 1)));

        var moved = before.Zip(after).Count(pair => pair.First != pair.Second);

        // a share for the new one, and what bounded loads push on between the others
        Assert.InRange(moved, Shards / (count + 1), 2 * Shards / (count + 1) + 1);
    }

    [Fact]
    public void A_build_of_tomorrow_must_come_to_the_same() => Assert.Equal(
        "gggggbbbgaabaaab",
        string.Concat(Rendezvous.Allocate(16, ["alpha", "beta", "gamma"]).Select(name => name![0])));

    private static string[] Names(int count) => [.. Enumerable.Range(1, count).Select(i => $"node-{i}")];
}
