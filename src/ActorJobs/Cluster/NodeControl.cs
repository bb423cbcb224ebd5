using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Shards;

namespace ActorJobs.Cluster;

/// <summary>Carries operators' orders to the node they are for, and takes the dead out of the cluster.</summary>
/// <param name="self">This node.</param>
/// <param name="entities">The cluster as it is seen here.</param>
/// <param name="cluster">How other nodes are met; null when this one is alone.</param>
/// <param name="obey">Carries out an order for this node.</param>
/// <param name="tellRefresh">Has the other nodes look at the cluster at once.</param>
/// <param name="time">The clock.</param>
internal sealed class NodeControl(string self, EntityHost entities, ClusterSetup? cluster, Action<NodeOrder> obey, Action tellRefresh, TimeProvider time) : INodeControl
{
    /// <summary>The operation by which nodes pass orders on; its body is one byte.</summary>
    public const string Operation = "order";

    private static readonly TimeSpan OrderDeadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SilenceDeadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StoreDeadline = TimeSpan.FromSeconds(5);

    public async ValueTask<NodeControlResult> OrderAsync(string node, NodeOrder order, CancellationToken cancellationToken = default)
    {
        if (node == self)
        {
            obey(order);
            return NodeControlResult.Done;
        }

        if (Find(node) is not { } peer)
            return NodeControlResult.NotFound;
        return await AnswersAsync(peer, Operation, new[] { (byte)order }, OrderDeadline, mustSucceed: true, cancellationToken).ConfigureAwait(false)
            ? NodeControlResult.Done
            : NodeControlResult.Silent;
    }

    public async ValueTask<NodeControlResult> DeclareDownAsync(string node, bool force, CancellationToken cancellationToken = default)
    {
        if (node == self)
            return NodeControlResult.Own;
        if (Find(node) is not { } peer)
            return NodeControlResult.NotFound;
        if (!force && await AnswersAsync(peer, EntityHost.RefreshOperation, default, SilenceDeadline, mustSucceed: false, cancellationToken).ConfigureAwait(false))
            return NodeControlResult.Alive;
        using var deadline = new CancellationTokenSource(StoreDeadline, time);
        await cluster!.Members.LeaveAsync(node, deadline.Token).ConfigureAwait(false);
        entities.Refresh();
        tellRefresh();
        return NodeControlResult.Done;
    }

    /// <summary>Whether the body of a call is an order that this build knows.</summary>
    public static NodeOrder Decode(ReadOnlyMemory<byte> body) =>
        body.Span is [var order] && Enum.IsDefined((NodeOrder)order) ? (NodeOrder)order : throw new InvalidDataException("This is no order for a node.");

    private ClusterNode? Find(string node) => cluster is null ? null : entities.View.Nodes.GetValueOrDefault(node);

    // a refusal is an answer too, unless it comes from another process that now listens at the dead one's address
    private async ValueTask<bool> AnswersAsync(
        ClusterNode peer, string operation, ReadOnlyMemory<byte> body, TimeSpan patience, bool mustSucceed, CancellationToken cancellationToken)
    {
        try
        {
            using var deadline = new CancellationTokenSource(patience, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            await cluster!.Transport.CallAsync(peer, operation, body, both.Token).ConfigureAwait(false);
            return true;
        }
        catch (HttpRequestException refusal) when (refusal.StatusCode is { } status)
        {
            return !mustSucceed && status != System.Net.HttpStatusCode.MisdirectedRequest;
        }
#pragma warning disable CA1031 // whatever it was: the node was not heard
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
