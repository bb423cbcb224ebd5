using System.ComponentModel.DataAnnotations;

namespace ActorJobs;

/// <summary>A tenant's share and quotas. Bound from <c>ActorJobs:Tenants:{name}</c>; the name <c>default</c> stands for every tenant that is not named.</summary>
[ClosedSettings]
public sealed class TenantOptions
{
    /// <summary>Its share of the slots when others want them too, in proportion to the others' weights; above 0, up to 1000. Default: 1.</summary>
    [Range(0.001, 1000)]
    public double Weight { get; set; } = 1;

    /// <summary>How many of its jobs may be stored before their end; a submit beyond that answers <c>429</c>. Default: null, any number.</summary>
    [Range(0, long.MaxValue)]
    public long? Stored { get; set; }

    /// <summary>How many of its jobs may run at once from any one queue, in the whole cluster, 1 to 10 000. Default: null, any number.</summary>
    [Range(1, 10_000)]
    public int? Running { get; set; }
}
