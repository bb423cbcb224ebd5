namespace ActorJobs;

/// <summary>What a deployer sets. Bound from the section <c>ActorJobs</c>.</summary>
public sealed class ActorJobsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "ActorJobs";

    /// <summary>The number of shards, fixed when a store is created. Default: 64.</summary>
    public int Shards { get; set; } = 64;

    /// <summary>Pools by name. Default: one pool <c>default</c> that serves every queue.</summary>
    public IDictionary<string, PoolOptions> Pools { get; } = new Dictionary<string, PoolOptions>(StringComparer.Ordinal);

    /// <summary>Queues by name; a queue needs no entry to be used.</summary>
    public IDictionary<string, QueueOptions> Queues { get; } = new Dictionary<string, QueueOptions>(StringComparer.Ordinal);
}
