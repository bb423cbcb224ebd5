using ActorJobs.Actors.Cluster;

namespace ActorJobs.Cluster;

/// <summary>What a node of a cluster needs besides the shared store.</summary>
/// <param name="Members">Where the nodes meet.</param>
/// <param name="Transport">How they call one another.</param>
/// <param name="Url">Where others reach this one, once that is known.</param>
internal sealed record ClusterSetup(IMembershipStore Members, IPeerTransport Transport, Func<string?> Url);
