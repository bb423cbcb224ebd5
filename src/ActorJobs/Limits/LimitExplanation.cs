using System.Globalization;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;
using ActorJobs.Queues;

namespace ActorJobs.Limits;

/// <summary>Says which limit or breaker would refuse an available job now: by asking the arbiter's stored books as the arbiter itself would be asked.</summary>
internal sealed class LimitExplanation(QueueBoard board, IEntityStore store)
{
    /// <summary>What holds the job, or null when nothing does.</summary>
    public async ValueTask<HeldJob?> OfAsync(JobId id, JobSpec spec, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (spec.Dependency is { } dependency && board.Breakers.Find(dependency) is { } breaker)
            return OfBreaker(dependency, breaker.Status, breaker.Until);
        if (board.Of(spec.Queue).Limits is not { } limits)
            return null;
        var stored = await store.ReadAsync([LimitEntity.Key(spec.Queue)], cancellationToken).ConfigureAwait(false);
        var wish = new PermitWish(id.Value, spec.ConcurrencyKey, spec.Tenant, board.Tenants.RunningOf(spec.Tenant));
        var reply = new PermitLedger(LimitEntity.StateOf(stored[0]), limits, now).Grant("", 0, wish);
        return reply.Number > 0 ? null : new HeldJob(Text(reply.By, spec, limits, wish), reply.RetryAfter is { } wait ? now + wait : null, PerSecond(reply.By, limits));
    }

    private static HeldJob OfBreaker(string dependency, BreakerStatus status, DateTimeOffset? until) => status == BreakerStatus.Open
        ? new($"The circuit breaker of '{dependency}' is open until {until!.Value.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}; no attempt is used.", until, null)
        : new($"The circuit breaker of '{dependency}' is half-open: a probe runs, and its end decides.", null, null);

    private static string Text(LimitKind by, JobSpec spec, QueueLimits limits, PermitWish wish) => by switch
    {
        LimitKind.Rate => $"The rate of queue {spec.Queue}, {limits.Rate}, is used up.",
        LimitKind.Concurrency => $"Queue {spec.Queue} already runs as many jobs as its limit of {limits.Concurrency} allows.",
        LimitKind.KeyRate => $"The rate of concurrency key '{spec.ConcurrencyKey}' in queue {spec.Queue}, {limits.KeyRate}, is used up.",
        LimitKind.KeyConcurrency => $"Jobs with concurrency key '{spec.ConcurrencyKey}' already run in queue {spec.Queue}, as many as the limit of {limits.KeyConcurrency} allows.",
        LimitKind.TenantRunning => $"Tenant '{spec.Tenant}' already runs as many jobs of queue {spec.Queue} as its quota of {wish.TenantRunning} allows.",
        _ => "The permit of its last attempt has not come back yet.",
    };

    private static double? PerSecond(LimitKind by, QueueLimits limits) => by switch
    {
        LimitKind.Rate => limits.Rate!.Count / limits.Rate.Per.TotalSeconds,
        LimitKind.KeyRate => limits.KeyRate!.Count / limits.KeyRate.Per.TotalSeconds,
        _ => null,
    };
}

/// <summary>What holds an available job.</summary>
/// <param name="Summary">In one sentence.</param>
/// <param name="Until">Until when at least; null when that depends on other jobs.</param>
/// <param name="PerSecond">How many jobs it lets start in a second; null when it is no rate.</param>
internal sealed record HeldJob(string Summary, DateTimeOffset? Until, double? PerSecond);
