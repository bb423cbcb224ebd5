namespace ActorJobs.Cluster;

/// <summary>What operators do with a node of the cluster, be it this one or another.</summary>
public interface INodeControl
{
    /// <summary>
    /// Gives a node an order. It is obeyed in the background: the nodes' states show how far it is. An order for this node itself is obeyed at once: who
    /// answers a caller over the network gives it after the answer.
    /// </summary>
    /// <param name="node">The node's name.</param>
    /// <param name="order">What it is to do.</param>
    /// <param name="cancellationToken">Gives up waiting for the node to hear it.</param>
    ValueTask<NodeControlResult> OrderAsync(string node, NodeOrder order, CancellationToken cancellationToken = default);

    /// <summary>
    /// Declares a node dead, so that its shards are taken before its lease runs out. Of one that still lives, what it runs counts as lost and runs a second
    /// time elsewhere: a node that answers is refused unless forced.
    /// </summary>
    /// <param name="node">The node's name; not this one's.</param>
    /// <param name="force">Also when it answers.</param>
    /// <param name="cancellationToken">Gives up before it is declared.</param>
    ValueTask<NodeControlResult> DeclareDownAsync(string node, bool force, CancellationToken cancellationToken = default);
}

/// <summary>What a node can be told.</summary>
public enum NodeOrder
{
    /// <summary>Take no new work, hand the shards over, finish what runs however long that takes, and stay: until it is told to leave, or ended.</summary>
    Drain,

    /// <summary>The same within the deadline of a shutdown, and then the process ends.</summary>
    Leave,
}

/// <summary>What became of it.</summary>
public enum NodeControlResult
{
    /// <summary>Heard, or done.</summary>
    Done,

    /// <summary>No living node has the name.</summary>
    NotFound,

    /// <summary>The node does not answer.</summary>
    Silent,

    /// <summary>The node to be declared dead answers.</summary>
    Alive,

    /// <summary>A node does not declare itself dead.</summary>
    Own,
}
