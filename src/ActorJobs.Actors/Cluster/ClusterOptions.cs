namespace ActorJobs.Actors.Cluster;

/// <summary>How a node takes part in a cluster.</summary>
public sealed record ClusterOptions
{
    /// <summary>Where the nodes meet.</summary>
    public required IMembershipStore Members { get; init; }

    /// <summary>How this node calls others.</summary>
    public required IPeerTransport Transport { get; init; }

    /// <summary>Where others reach this node; null while that is not known yet, and the node stays out until then.</summary>
    public required Func<string?> Url { get; init; }

    /// <summary>What this node does.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>How long a node that says nothing counts as living. Default: 6 seconds.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>What to tell the others of this node, as JSON; asked at each beat.</summary>
    public Func<string?> Details { get; init; } = () => null;

    /// <summary>Called with each new picture of the cluster, in the member's turns.</summary>
    public Action<ClusterView> Viewed { get; init; } = _ => { };

    /// <summary>How often the node renews its lease: four times within it.</summary>
    internal TimeSpan Beat => Lease / 4;

    /// <summary>After how long without an answer the node gives its shards up: before others may take them.</summary>
    internal TimeSpan GivesUpAfter => Lease * 0.75;
}
