using ActorJobs.Actors.Cluster;
using Xunit;

namespace ActorJobs.TestKit.Specs;

/// <summary>What every meeting place of nodes must do. Leases are short, for time passes as the place says.</summary>
public abstract class MembershipStoreSpec
{
    /// <summary>The lease of the nodes.</summary>
    protected static TimeSpan Lease { get; } = TimeSpan.FromMilliseconds(400);

    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>The place under test.</summary>
    protected abstract IMembershipStore Members { get; }

    /// <summary>Lets time pass, by the clock leases run by.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    [Fact]
    public async Task A_node_is_seen_as_it_describes_itself()
    {
        var self = Node("a") with { IsLeaving = true, Epochs = new Dictionary<int, long> { [3] = 7 }, Details = """{"load":1}""" };

        var view = await BeatAsync(self);

        var seen = Assert.Single(view.Nodes).Value;
        Assert.Equal((self.Name, self.Url, self.Since, self.IsLeaving, self.Details), (seen.Name, seen.Url, seen.Since, seen.IsLeaving, seen.Details));
        Assert.Equal(self.Roles, seen.Roles);
        Assert.Equal(self.Epochs, seen.Epochs);
        Assert.Empty(view.Owners);
    }

    [Fact]
    public async Task Looking_makes_nobody_live()
    {
        Assert.Empty((await Members.ViewAsync(None)).Nodes);
        await BeatAsync(Node("a"));
        Assert.Equal(["a"], (await Members.ViewAsync(None)).Nodes.Keys);
    }

    [Fact]
    public async Task A_free_shard_goes_to_the_first_living_node_that_takes_it()
    {
        await BeatAsync(Node("a"));
        await BeatAsync(Node("b"));

        Assert.Equal([0, 1], (await Members.TakeAsync("a", [0, 1], None)).Order());
        Assert.Equal([2], await Members.TakeAsync("b", [1, 2], None));
        Assert.Empty(await Members.TakeAsync("nobody", [3], None));

        Assert.Equal([(0, "a"), (1, "a"), (2, "b")], Owners(await Members.ViewAsync(None)));
    }

    [Fact]
    public async Task Taking_again_what_is_ones_own_is_no_conflict()
    {
        await BeatAsync(Node("a"));
        await Members.TakeAsync("a", [0], None);

        Assert.Equal([0], await Members.TakeAsync("a", [0], None));
    }

    [Fact]
    public async Task Only_the_owner_can_give_a_shard_back()
    {
        await BeatAsync(Node("a"));
        await BeatAsync(Node("b"));
        await Members.TakeAsync("a", [0, 1], None);

        await Members.ReleaseAsync("b", [0, 1], None);
        await Members.ReleaseAsync("a", [1, 5], None);

        Assert.Equal([(0, "a")], Owners(await Members.ViewAsync(None)));
        Assert.Equal([1], await Members.TakeAsync("b", [0, 1], None));
    }

    [Fact]
    public async Task What_a_node_owned_is_free_when_its_lease_has_run_out()
    {
        await BeatAsync(Node("a"));
        await BeatAsync(Node("b"));
        await Members.TakeAsync("a", [0], None);

        // a stall of the machine for half a lease is a silence of all, after which everybody is known anew
        var beats = 0;
        do
        {
            await PassAsync(Lease / 4);
            await BeatAsync(Node("b"));
        }
        while (++beats < 60 && (beats < 6 || (await Members.ViewAsync(None)).Nodes.Count > 1));

        Assert.Equal(["b"], (await Members.ViewAsync(None)).Nodes.Keys);
        Assert.Equal([0], await Members.TakeAsync("b", [0], None));
        Assert.Empty(await Members.TakeAsync("a", [0], None));
    }

    [Fact]
    public async Task What_a_node_owned_is_free_when_it_has_left()
    {
        await BeatAsync(Node("a"));
        await BeatAsync(Node("b"));
        await Members.TakeAsync("a", [0], None);

        await Members.LeaveAsync("a", None);

        Assert.Equal(["b"], (await BeatAsync(Node("b"))).Nodes.Keys);
        Assert.Equal([0], await Members.TakeAsync("b", [0], None));
    }

    [Fact]
    public async Task After_a_silence_of_all_a_known_node_finds_the_others_living()
    {
        await BeatAsync(Node("a"));
        await BeatAsync(Node("b"));

        await PassAsync(Lease * 3);
        var view = await BeatAsync(Node("a"));

        Assert.Equal(["a", "b"], view.Nodes.Keys.Order(StringComparer.Ordinal));
        // but not for longer than another lease, unless the machine stalls for half of one: that is a silence again
        for (var beats = 0; beats < 40 && view.Nodes.Count > 1; beats++)
        {
            await PassAsync(Lease / 4);
            view = await BeatAsync(Node("a"));
        }

        Assert.Equal(["a"], view.Nodes.Keys);
    }

    [Fact]
    public async Task After_a_silence_of_all_a_new_node_finds_nobody()
    {
        await BeatAsync(Node("a"));

        await PassAsync(Lease * 3);

        Assert.Equal(["c"], (await BeatAsync(Node("c"))).Nodes.Keys);
    }

    private ValueTask<ClusterView> BeatAsync(ClusterNode node) => Members.BeatAsync(node, Lease, None);

    private static (int, string)[] Owners(ClusterView view) => [.. view.Owners.OrderBy(owner => owner.Key).Select(owner => (owner.Key, owner.Value))];

    private static ClusterNode Node(string name) => new(name, $"http://{name}:8080", ["front", "host"], new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
}
