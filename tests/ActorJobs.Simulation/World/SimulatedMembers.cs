using ActorJobs.Actors.Cluster;
using ActorJobs.Simulation.Checks;

namespace ActorJobs.Simulation.World;

/// <summary>The meeting place as one process sees it: as far away as the store.</summary>
internal sealed class SimulatedMembers(IMembershipStore inner, Wire wire, Trace trace) : IMembershipStore
{
    public ValueTask<ClusterView> ViewAsync(CancellationToken cancellationToken) =>
        wire.CallAsync("view", () => inner.ViewAsync(CancellationToken.None), cancellationToken);

    public ValueTask<ClusterView> BeatAsync(ClusterNode self, TimeSpan lease, CancellationToken cancellationToken) =>
        wire.CallAsync("beat", () => inner.BeatAsync(self, lease, CancellationToken.None), cancellationToken);

    public ValueTask<IReadOnlyList<int>> TakeAsync(string node, IReadOnlyList<int> shards, CancellationToken cancellationToken) =>
        wire.CallAsync(
            "take",
            async () =>
            {
                var taken = await inner.TakeAsync(node, shards, CancellationToken.None).ConfigureAwait(false);
                trace.Note(node, "takes", string.Join(',', taken));
                return taken;
            },
            cancellationToken);

    public async ValueTask ReleaseAsync(string node, IReadOnlyList<int> shards, CancellationToken cancellationToken)
    {
        trace.Note(node, "releases", string.Join(',', shards));
        await wire.CallAsync("release", () => WithResult(inner.ReleaseAsync(node, shards, CancellationToken.None)), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask LeaveAsync(string node, CancellationToken cancellationToken) =>
        await wire.CallAsync("leave", () => WithResult(inner.LeaveAsync(node, CancellationToken.None)), cancellationToken).ConfigureAwait(false);

    private static async ValueTask<bool> WithResult(ValueTask call)
    {
        await call.ConfigureAwait(false);
        return true;
    }
}
