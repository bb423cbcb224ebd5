using System.ComponentModel.DataAnnotations;

namespace ActorJobs;

/// <summary>What a deployer sets. Bound from the section <c>ActorJobs</c>.</summary>
public sealed class ActorJobsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "ActorJobs";

    /// <summary>The number of shards, fixed when a store is created. Default: 64.</summary>
    [Range(1, 4096)]
    public int Shards { get; set; } = 64;

    /// <summary>This node.</summary>
    public NodeOptions Node { get; } = new();

    /// <summary>How the node ends.</summary>
    public ShutdownOptions Shutdown { get; } = new();

    /// <summary>Pools by name. Default: one pool <c>default</c> that serves every queue.</summary>
    public IDictionary<string, PoolOptions> Pools { get; } = new Dictionary<string, PoolOptions>(StringComparer.Ordinal);

    /// <summary>Queues by name; a queue needs no entry to be used.</summary>
    public IDictionary<string, QueueOptions> Queues { get; } = new Dictionary<string, QueueOptions>(StringComparer.Ordinal);
}

/// <summary>A node's own settings.</summary>
public sealed class NodeOptions
{
    /// <summary>The name others see, followed by a short random part for each start. Default: the host's name.</summary>
    public string? Name { get; set; }
}

/// <summary>How a node ends.</summary>
public sealed class ShutdownOptions
{
    /// <summary>How long running attempts may go on after the node was told to stop. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(30);
}
