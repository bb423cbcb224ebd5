namespace ActorJobs;

/// <summary>What a circuit breaker lets through.</summary>
public enum BreakerStatus
{
    /// <summary>Everything.</summary>
    Closed,

    /// <summary>Nothing: jobs that need the dependency wait, and use no attempt.</summary>
    Open,

    /// <summary>A few probes; the first result decides.</summary>
    HalfOpen,
}

/// <summary>A circuit breaker at one instant.</summary>
/// <param name="Name">The dependency.</param>
/// <param name="Status">What it lets through.</param>
/// <param name="Since">Since when; null for one that has never opened.</param>
/// <param name="Until">While it is open: when probes are let through.</param>
/// <param name="Failures">The failed attempts that count.</param>
public sealed record BreakerView(string Name, BreakerStatus Status, DateTimeOffset? Since, DateTimeOffset? Until, int Failures);
