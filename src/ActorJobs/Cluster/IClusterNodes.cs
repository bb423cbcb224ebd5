namespace ActorJobs.Cluster;

/// <summary>The nodes of the cluster, as this one sees them. A node that is alone sees itself.</summary>
public interface IClusterNodes
{
    /// <summary>The living nodes, by name.</summary>
    IReadOnlyList<NodeView> Nodes { get; }

    /// <summary>All shards, each with its owner.</summary>
    IReadOnlyList<ShardView> Shards { get; }

    /// <summary>What other nodes may ask of this one; null when it is alone.</summary>
    PeerPort? Peers { get; }
}

/// <summary>A node at one instant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Where other nodes reach it; null when it is alone.</param>
/// <param name="Roles">What it does: front, host, work.</param>
/// <param name="State">
/// <c>Up</c>, <c>Leaving</c>, <c>StoreAway</c> when this node cannot reach the store, or <c>OtherSecret</c> when its secret is not this node's: neither takes
/// calls of the other.
/// </param>
/// <param name="Shards">How many shards it owns.</param>
/// <param name="Since">When it joined.</param>
/// <param name="Load">Busy slots over all slots, 0 to 1.</param>
/// <param name="Pools">Its pools.</param>
/// <param name="Version">Its build.</param>
public sealed record NodeView(
    string Name, string? Url, IReadOnlyList<string> Roles, string State, int Shards, DateTimeOffset Since, double Load, IReadOnlyList<NodePoolView> Pools, string Version);

/// <summary>A pool of a node at one instant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Its slots.</param>
/// <param name="Busy">Those at work.</param>
public sealed record NodePoolView(string Name, int Size, int Busy);

/// <summary>A shard at one instant.</summary>
/// <param name="Shard">Its number.</param>
/// <param name="Owner">The owner's name; null while it has none.</param>
/// <param name="Epoch">Which ownership it is, counted from 1; 0 when not known yet.</param>
public sealed record ShardView(int Shard, string? Owner, long Epoch);
