using System.Runtime.CompilerServices;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;
using ActorJobs.Limits;
using ActorJobs.Workflows;

namespace ActorJobs.Queries;

/// <summary>Reads for the front door.</summary>
internal sealed class JobQueries(
    IEntityStore store, JobLists lists, QueueViews queues, JobCounters counters, LimitExplanation limits, TimeProvider time) : IJobQueries, IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(250);

    private readonly WorkflowReading workflows = new(store);
    private readonly SemaphoreSlim gate = new(1); // guards the cached stats: many watchers share one computation
    private StatsView? cached;

    public ValueTask<JobPage> ListAsync(JobFilter filter, string? cursor, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        return lists.ListAsync(filter, cursor, limit, cancellationToken);
    }

    public async ValueTask<RequestedJob?> FindWithRequestAsync(JobId id, CancellationToken cancellationToken = default)
    {
        if (!JobId.IsValid(id.Value) || (await store.ReadAsync([JobEntity.Key(id)], cancellationToken).ConfigureAwait(false))[0] is not { } stored)
            return null;
        var state = JobReading.StateOf(stored);
        return new RequestedJob(JobViews.Of(id, state), JobViews.RequestOf(id, state.Spec!));
    }

    public async ValueTask<IReadOnlyDictionary<JobStatus, long>> CountTenantAsync(string tenant, CancellationToken cancellationToken = default)
    {
        var counts = await store.CountAsync(JobIndex.PrefixOfTenant(tenant), cancellationToken).ConfigureAwait(false);
        return counts.Where(count => count.Value > 0).ToDictionary(count => JobIndex.StatusOfTenant(count.Key), count => count.Value);
    }

    public async ValueTask<IReadOnlyList<JobEventView>?> HistoryAsync(
        JobId id, long after = 0, int limit = 1000, CancellationToken cancellationToken = default)
    {
        if (!JobId.IsValid(id.Value))
            return null;
        var stored = await store.ReadHistoryAsync(JobEntity.Key(id), after, limit, cancellationToken).ConfigureAwait(false);
        if (stored.Count == 0 && (await store.ReadAsync([JobEntity.Key(id)], cancellationToken).ConfigureAwait(false))[0] is null)
            return null;
        return [.. stored.Select(item => new JobEventView(item.Version, item.Event.Type, item.Event.At, RawJson.FromValidUtf8(item.Event.Data)))];
    }

    public async ValueTask<WhyView?> WhyAsync(JobId id, CancellationToken cancellationToken = default)
    {
        if (!JobId.IsValid(id.Value))
            return null;
        var stored = await store.ReadAsync([JobEntity.Key(id)], cancellationToken).ConfigureAwait(false);
        if (stored[0] is not { } entity)
            return (await workflows.WaitingAsync(id, cancellationToken).ConfigureAwait(false))?.Why();
        var state = JobReading.StateOf(entity);
        var counts = await store.CountAsync(JobIndex.PrefixOf(JobStatus.Available) + state.Spec!.Queue + "/", cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var held = state.VisibleStatus == JobStatus.Available ? await limits.OfAsync(id, state.Spec, now, cancellationToken).ConfigureAwait(false) : null;
        return JobExplanation.Of(state, queues.ViewOf(state.Spec.Queue, counts), counts, now, held);
    }

    public async ValueTask<StatsView> StatsAsync(CancellationToken cancellationToken = default)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var now = time.GetUtcNow();
            if (cached is null || now - cached.At >= Freshness)
                cached = await ComputeAsync(now, cancellationToken).ConfigureAwait(false);
            return cached;
        }
        finally
        {
            gate.Release();
        }
    }

    public async IAsyncEnumerable<StatsView> WatchStatsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        StatsView? last = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            var stats = await StatsAsync(cancellationToken).ConfigureAwait(false);
            if (last is null || stats.At != last.At)
                yield return last = stats;
            await Task.Delay(Freshness, time, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => gate.Dispose();

    private async ValueTask<StatsView> ComputeAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var counts = await store.CountAsync(JobIndex.Prefix, cancellationToken).ConfigureAwait(false);
        var states = Enum.GetValues<JobStatus>().ToDictionary(status => status, _ => 0L);
        foreach (var (name, count) in counts)
            states[JobIndex.Parse(name).Status] += count;
        return new StatsView
        {
            States = states,
            Queues = queues.All(counts),
            Pools = queues.Pools(),
            Breakers = queues.Breakers(),
            Rates = counters.PerSecond,
            Recent = counters.Recent,
            At = now,
        };
    }
}
