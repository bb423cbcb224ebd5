namespace ActorJobs.Limits;

/// <summary>Leave for one attempt of one job to start, given out by its queue's arbiter.</summary>
/// <param name="Number">Its number, never used twice by the arbiter: the attempt carries it, and gives back this one and no later one.</param>
/// <param name="Job">The job.</param>
/// <param name="Key">The job's concurrency key.</param>
/// <param name="Tenant">The job's tenant.</param>
/// <param name="Asker">Who asked for it.</param>
/// <param name="Ask">With which of its asks.</param>
/// <param name="Holds">Whether it is held until the attempt ends; otherwise only until it has started.</param>
/// <param name="At">Since when.</param>
/// <param name="HasStarted">Whether the attempt is known to have started.</param>
internal sealed record Permit(
    long Number, string Job, string? Key, string? Tenant, string Asker, long Ask, bool Holds, DateTimeOffset At, bool HasStarted = false);

/// <summary>A job for which a permit is asked.</summary>
/// <param name="Job">Its id.</param>
/// <param name="Key">Its concurrency key.</param>
/// <param name="Tenant">Its tenant.</param>
/// <param name="TenantRunning">How many jobs of the tenant may run at once in this queue; null for any number.</param>
internal sealed record PermitWish(string Job, string? Key, string? Tenant, int? TenantRunning);

/// <summary>The answer to one wish.</summary>
/// <param name="Number">The permit; 0 when it is refused.</param>
/// <param name="Holds">Whether the attempt must give it back.</param>
/// <param name="By">Which limit refuses it.</param>
/// <param name="RetryAfter">When to ask again, where that depends on time alone.</param>
internal sealed record PermitReply(long Number, bool Holds, LimitKind By = LimitKind.None, TimeSpan? RetryAfter = null);

/// <summary>What a job may be held by.</summary>
internal enum LimitKind
{
    None,
    Rate,
    Concurrency,
    KeyRate,
    KeyConcurrency,
    TenantRunning,

    /// <summary>An earlier attempt's permit has not come back yet.</summary>
    EarlierAttempt,

    /// <summary>The dependency's circuit breaker is open.</summary>
    Breaker,
}
