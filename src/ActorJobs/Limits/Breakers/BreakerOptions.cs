using System.ComponentModel.DataAnnotations;

namespace ActorJobs;

/// <summary>When the circuit breaker of a dependency opens and closes. Bound from <c>ActorJobs:Breakers:{name}</c>.</summary>
[ClosedSettings]
public sealed record BreakerOptions
{
    /// <summary>How many failed attempts within <see cref="Window"/> open it, 1 to 1000. Default: 5.</summary>
    [Range(1, 1000)]
    public int Failures { get; set; } = 5;

    /// <summary>For how long a failed attempt counts. Default: 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long it stays open before probes are let through. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan OpenFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many jobs run at once to see whether the dependency is back, 1 to 100. Default: 1.</summary>
    [Range(1, 100)]
    public int Probes { get; set; } = 1;
}
