namespace ActorJobs.Cluster;

/// <summary>Where this node listens, once it does. Whoever opens the port says so.</summary>
public sealed class NodeAddress
{
    private volatile string? url;

    /// <summary>The address, or null before the port is open.</summary>
    public string? Url
    {
        get => url;
        set => url = value;
    }
}
