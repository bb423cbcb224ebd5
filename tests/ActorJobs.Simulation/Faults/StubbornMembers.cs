using ActorJobs.Actors.Cluster;

namespace ActorJobs.Simulation.Faults;

/// <summary>A node that thinks its lease renewed when nobody answers, and what it once took its own for good.</summary>
internal sealed class StubbornMembers(IMembershipStore inner, string node) : IMembershipStore
{
    private readonly HashSet<int> own = [];
    private ClusterView? last;

    public ValueTask<ClusterView> ViewAsync(CancellationToken cancellationToken) => inner.ViewAsync(cancellationToken);

    public async ValueTask<ClusterView> BeatAsync(ClusterNode self, TimeSpan lease, CancellationToken cancellationToken)
    {
        try
        {
            var view = await inner.BeatAsync(self, lease, cancellationToken).ConfigureAwait(false);
            var others = view.Owners.Where(owner => !own.Contains(owner.Key));
            return last = view with { Owners = others.Concat(own.Select(shard => KeyValuePair.Create(shard, node))).ToDictionary() };
        }
#pragma warning disable CA1031 // whatever it was: that is what is wrong with it
        catch (Exception) when (last is not null)
#pragma warning restore CA1031
        {
            return last;
        }
    }

    public async ValueTask<IReadOnlyList<int>> TakeAsync(string node, IReadOnlyList<int> shards, CancellationToken cancellationToken)
    {
        var taken = await inner.TakeAsync(node, shards, cancellationToken).ConfigureAwait(false);
        own.UnionWith(taken);
        return taken;
    }

    public ValueTask ReleaseAsync(string node, IReadOnlyList<int> shards, CancellationToken cancellationToken)
    {
        own.ExceptWith(shards);
        return inner.ReleaseAsync(node, shards, cancellationToken);
    }

    public ValueTask LeaveAsync(string node, CancellationToken cancellationToken) => inner.LeaveAsync(node, cancellationToken);
}
