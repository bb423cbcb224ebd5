using System.ComponentModel.DataAnnotations;

namespace ActorJobs;

/// <summary>A pool of slots. Bound from <c>ActorJobs:Pools:{name}</c>.</summary>
[ClosedSettings]
public sealed class PoolOptions
{
    /// <summary>The queues it serves. Default: every queue that no other pool serves.</summary>
    public IList<string> Queues { get; set; } = [];

    /// <summary>How many attempts run at once. Default: twice the cores.</summary>
    [Range(1, 10_000)]
    public int? Size { get; set; }
}
