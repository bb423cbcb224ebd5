using ActorJobs.Actors.Cluster;
using ActorJobs.TestKit.Stores;

namespace ActorJobs.TestKit.Clusters;

/// <summary>A meeting place that fails and delays as a test's script says, and otherwise passes calls on to another one.</summary>
/// <param name="inner">The one that does the work.</param>
public sealed class FaultyMembershipStore(IMembershipStore inner) : IMembershipStore
{
    /// <summary>What happens to every call.</summary>
    public FaultScript All { get; } = new();

    /// <inheritdoc/>
    public ValueTask<ClusterView> ViewAsync(CancellationToken cancellationToken) =>
        All.RunAsync(() => inner.ViewAsync(cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ClusterView> BeatAsync(ClusterNode self, TimeSpan lease, CancellationToken cancellationToken) =>
        All.RunAsync(() => inner.BeatAsync(self, lease, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<int>> TakeAsync(string node, IReadOnlyList<int> shards, CancellationToken cancellationToken) =>
        All.RunAsync(() => inner.TakeAsync(node, shards, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(string node, IReadOnlyList<int> shards, CancellationToken cancellationToken) =>
        await All.RunAsync(() => WithResultAsync(inner.ReleaseAsync(node, shards, cancellationToken)), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask LeaveAsync(string node, CancellationToken cancellationToken) =>
        await All.RunAsync(() => WithResultAsync(inner.LeaveAsync(node, cancellationToken)), cancellationToken).ConfigureAwait(false);

    private static async ValueTask<bool> WithResultAsync(ValueTask call)
    {
        await call.ConfigureAwait(false);
        return true;
    }
}
