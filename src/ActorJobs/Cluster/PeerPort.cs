using ActorJobs.Actors.Cluster;

namespace ActorJobs.Cluster;

/// <summary>What other nodes may ask of this one. Served by whatever carries nodes' calls.</summary>
/// <param name="node">This node's name.</param>
/// <param name="operations">The operations by name.</param>
public sealed class PeerPort(string node, IReadOnlyDictionary<string, PeerOperation> operations)
{
    /// <summary>This node's name: a call meant for another one, which was at this address before, must be refused.</summary>
    public string Node => node;

    /// <summary>The operation of a name, or null when this build has none.</summary>
    public PeerOperation? Find(string operation) => operations.GetValueOrDefault(operation);
}
