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

    /// <summary>How the node meets others.</summary>
    public ClusterSettings Cluster { get; } = new();

    /// <summary>How the node ends.</summary>
    public ShutdownOptions Shutdown { get; } = new();

    /// <summary>Pools by name. Default: one pool <c>default</c> that serves every queue.</summary>
    public IDictionary<string, PoolOptions> Pools { get; } = new Dictionary<string, PoolOptions>(StringComparer.Ordinal);

    /// <summary>Queues by name; a queue needs no entry to be used.</summary>
    public IDictionary<string, QueueOptions> Queues { get; } = new Dictionary<string, QueueOptions>(StringComparer.Ordinal);

    /// <summary>Tenants by name; <c>default</c> for those not named. A tenant needs no entry.</summary>
    public IDictionary<string, TenantOptions> Tenants { get; } = new Dictionary<string, TenantOptions>(StringComparer.Ordinal);

    /// <summary>Circuit breakers by the name of the dependency; one needs no entry.</summary>
    public IDictionary<string, BreakerOptions> Breakers { get; } = new Dictionary<string, BreakerOptions>(StringComparer.Ordinal);
}

/// <summary>A node's own settings.</summary>
[ClosedSettings]
public sealed class NodeOptions
{
    /// <summary>The name others see, followed by a short random part for each start. Default: the host's name.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// What the node does in a cluster: <c>front</c> takes requests, <c>host</c> owns shards, <c>work</c> runs jobs. Default: all three.
    /// </summary>
    public IList<string> Roles { get; set; } = [];

    /// <summary>With the role <c>work</c>: which of the pools this node runs. Default: all of them.</summary>
    public IList<string> Pools { get; set; } = [];

    /// <summary>Whether the node has a role.</summary>
    public bool Has(string role) => Roles.Count == 0 || Roles.Contains(role);
}

/// <summary>How a node ends.</summary>
[ClosedSettings]
public sealed class ShutdownOptions
{
    /// <summary>How long running attempts may go on after the node was told to stop. The host's <c>ShutdownTimeout</c> ends them too, where it is less. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(30);
}
