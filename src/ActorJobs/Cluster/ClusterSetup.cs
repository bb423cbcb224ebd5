using ActorJobs.Actors.Cluster;

namespace ActorJobs.Cluster;

/// <summary>What a node of a cluster needs besides the shared store.</summary>
/// <param name="Members">Where the nodes meet.</param>
/// <param name="Transport">How they call one another.</param>
internal sealed record ClusterSetup(IMembershipStore Members, IPeerTransport Transport)
{
    /// <summary>Whether this node can prove to others that it belongs to them.</summary>
    public bool MayMeetOthers { get; init; } = true;

    /// <summary>The mark of this node's secret; empty where calls are not signed.</summary>
    public string SecretMark { get; init; } = "";
}
