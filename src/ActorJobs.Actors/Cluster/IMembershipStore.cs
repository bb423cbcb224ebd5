namespace ActorJobs.Actors.Cluster;

/// <summary>
/// Where nodes meet: who lives, and who owns which shard. A node lives as long as its lease, which each beat renews, by the store's clock; its
/// shards are its own as long as it lives. What this store says is a courtesy that keeps two nodes from working on one shard: that they can do no
/// harm is seen to by the epoch each write names.
/// </summary>
public interface IMembershipStore
{
    /// <summary>Shows the cluster.</summary>
    ValueTask<ClusterView> ViewAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes the node live for another lease, and shows the cluster as it is then. When a node that is known comes after half a lease in which
    /// nobody came, the store was away, or its clock has jumped: then all nodes known live for another lease, and no work of theirs is lost to that.
    /// </summary>
    ValueTask<ClusterView> BeatAsync(ClusterNode self, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Makes a living node the owner of those of the shards that have no other living owner, and returns them.</summary>
    ValueTask<IReadOnlyList<int>> TakeAsync(string node, IReadOnlyList<int> shards, CancellationToken cancellationToken);

    /// <summary>Gives shards back; those of another owner stay as they are.</summary>
    ValueTask ReleaseAsync(string node, IReadOnlyList<int> shards, CancellationToken cancellationToken);

    /// <summary>Ends the node's lease at once.</summary>
    ValueTask LeaveAsync(string node, CancellationToken cancellationToken);
}
