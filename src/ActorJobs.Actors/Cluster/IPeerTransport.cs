namespace ActorJobs.Actors.Cluster;

/// <summary>How nodes call one another. A call that throws has an unknown outcome.</summary>
public interface IPeerTransport
{
    /// <summary>Calls an operation of another node and returns its answer.</summary>
    /// <param name="node">Which node.</param>
    /// <param name="operation">The operation's name, for instance <c>commands</c>.</param>
    /// <param name="body">What it is given.</param>
    /// <param name="cancellationToken">Bounds the call.</param>
    ValueTask<ReadOnlyMemory<byte>> CallAsync(ClusterNode node, string operation, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
}

/// <summary>Carries out an operation another node has called.</summary>
public delegate ValueTask<ReadOnlyMemory<byte>> PeerOperation(ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
