using ActorJobs.Actors.Dispatch;

namespace ActorJobs.Actors.Cluster;

/// <summary>What a member says to the place where nodes meet, and to other nodes; each call within its deadline.</summary>
internal sealed partial class ClusterMember
{
    private ValueTask<bool> ReleaseAsync(int[] shards) => CallAsync(async token =>
    {
        await cluster.Members.ReleaseAsync(host.Options.Node, shards, token).ConfigureAwait(false);
        return true;
    });

    private async ValueTask<bool> LeaveAsync(Completion<bool> done)
    {
        try
        {
            return await CallAsync(async token =>
            {
                await cluster.Members.LeaveAsync(host.Options.Node, token).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }
        finally
        {
            done.Set(true);
        }
    }

    private async ValueTask<TResult> CallAsync<TResult>(Func<CancellationToken, ValueTask<TResult>> call)
    {
        using var deadline = new CancellationTokenSource(cluster.Lease / 2, host.System.Time);
        return await call(deadline.Token).ConfigureAwait(false);
    }

    // others would find out with their next beat; told, they take the shards at once
    private void TellNextOwners(IReadOnlyList<int> shards)
    {
        var wanted = Rendezvous.Allocate(host.Options.Shards, [.. view.Nodes.Values.Where(node => node.CanOwn && !IsLeavingSelf(node)).Select(node => node.Name)]);
        foreach (var name in shards.Select(shard => wanted[shard]).OfType<string>().Where(name => name != host.Options.Node).Distinct())
            _ = NotifyAsync(view.Nodes[name]);
        mustBeat = true;
    }

    private bool IsLeavingSelf(ClusterNode node) => isLeaving && node.Name == host.Options.Node;

    private async Task NotifyAsync(ClusterNode node)
    {
        try
        {
            using var deadline = new CancellationTokenSource(cluster.Beat, host.System.Time);
            await cluster.Transport.CallAsync(node, RefreshOperation, default, deadline.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // a courtesy: the node's next beat shows it the same
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
