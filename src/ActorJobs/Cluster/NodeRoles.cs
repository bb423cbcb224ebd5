using ActorJobs.Actors.Cluster;

namespace ActorJobs;

/// <summary>What a node of a cluster does.</summary>
public static class NodeRoles
{
    /// <summary>Takes requests of the outside.</summary>
    public const string Front = "front";

    /// <summary>Owns shards: runs the entities of jobs, queues and workflows.</summary>
    public const string Host = ClusterNode.Host;

    /// <summary>Runs jobs in its pools.</summary>
    public const string Work = "work";

    /// <summary>All roles there are.</summary>
    public static IReadOnlyList<string> All { get; } = [Front, Host, Work];
}
