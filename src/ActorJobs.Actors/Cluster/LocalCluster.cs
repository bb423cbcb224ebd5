namespace ActorJobs.Actors.Cluster;

/// <summary>The cluster as this node's host sees it: the actors that take part in it, and the last picture.</summary>
/// <param name="options">How the node takes part.</param>
internal sealed class LocalCluster(ClusterOptions options)
{
    private ClusterView view = ClusterView.Empty;

    public ClusterOptions Options => options;

    /// <summary>Null until the shards are started.</summary>
    public ActorRef<MemberMessage>? Member { get; set; }

    public ActorRef<RouterMessage> Router { get; set; } = null!; // set before anything is sent

    public ClusterView View => Volatile.Read(ref view);

    public void Take(ClusterView next)
    {
        Volatile.Write(ref view, next);
        Router.Tell(new RouterMessage.Viewed(next));
    }
}
