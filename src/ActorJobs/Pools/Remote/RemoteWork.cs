using System.Collections.Frozen;
using ActorJobs.Actors.Cluster;

namespace ActorJobs.Pools.Remote;

/// <summary>The remote pools of a node, and the way to leases that other nodes hold.</summary>
/// <param name="node">This node.</param>
/// <param name="pools">The pools by name, with what is set about them.</param>
/// <param name="book">The leases held here.</param>
/// <param name="view">The nodes that live.</param>
/// <param name="transport">The way to them; null when this node is alone.</param>
/// <param name="time">The clock.</param>
internal sealed class RemoteWork(
    string node, IReadOnlyDictionary<string, PoolOptions> pools, LeaseBook book, Func<ClusterView> view, IPeerTransport? transport, TimeProvider time) : IRemoteWork
{
    private static readonly TimeSpan ForwardDeadline = TimeSpan.FromSeconds(25);

    private readonly FrozenDictionary<string, LeaseDesk> desks = pools.Where(pool => pool.Value.Remote)
        .ToFrozenDictionary(pool => pool.Key, pool => new LeaseDesk(pool.Value.Lease, book, time), StringComparer.Ordinal);

    /// <summary>A pool's desk, or null when it is not remote.</summary>
    public LeaseDesk? DeskOf(string pool) => desks.GetValueOrDefault(pool);

    /// <summary>The node is ending.</summary>
    public void Close()
    {
        foreach (var desk in desks.Values)
            desk.Close();
    }

    public async ValueTask<LeaseResult> LeaseAsync(string pool, LeaseRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Limit, LeaseRequest.MaxLimit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Wait, LeaseRequest.MaxWait);
        return desks.TryGetValue(pool, out var desk) ? await desk.LeaseAsync(request, cancellationToken).ConfigureAwait(false)
            : pools.ContainsKey(pool) ? new LeaseResult.NotRemote()
            : new LeaseResult.NoSuchPool();
    }

    public async ValueTask<LeaseAnswer> TellAsync(LeaseCall call, CancellationToken cancellationToken = default)
    {
        var holder = LeaseBook.NodeOf(call.Token);
        if (holder is null || holder == node || transport is null || !view().Nodes.TryGetValue(holder, out var peer))
            return await book.TellAsync(call, cancellationToken).ConfigureAwait(false);
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(ForwardDeadline);
            return LeaseWire.DecodeAnswer((await transport.CallAsync(peer, LeaseWire.Operation, LeaseWire.Encode(call), deadline.Token).ConfigureAwait(false)).Span);
        }
#pragma warning disable CA1031 // whatever it was, the worker asks again, and by then the node may be known as gone
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new LeaseAnswer(LeaseState.Unknown, Detail: "The node that holds the lease does not answer.");
        }
    }
}
