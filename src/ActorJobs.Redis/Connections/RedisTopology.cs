namespace ActorJobs.Redis;

/// <summary>How the servers belong together.</summary>
internal enum RedisTopology
{
    /// <summary>One server, perhaps with replicas.</summary>
    Plain,

    /// <summary>One server that Sentinels name.</summary>
    Sentinel,

    /// <summary>Redis Cluster: keys are divided over several servers by slot.</summary>
    Cluster,
}
