using System.Collections.Concurrent;
using ActorJobs.Actors;
using ActorJobs.Hosting;
using ActorJobs.Jobs;
using ActorJobs.Pools;
using ActorJobs.Queues;

namespace ActorJobs.Queries;

/// <summary>Queues and pools as others may see them.</summary>
internal sealed class QueueViews(
    QueueBoard board, IReadOnlyDictionary<string, PoolOptions> pools, ConcurrentDictionary<string, PoolGauge> gauges, ActorSystem system, TimeProvider time)
{
    /// <summary>All queues that hold jobs, are configured or were steered.</summary>
    public IReadOnlyList<QueueView> All(IReadOnlyDictionary<string, long> counts)
    {
        var byQueue = counts.ToLookup(count => JobIndex.Parse(count.Key).Queue);
        return [.. byQueue.Select(group => group.Key).Union(board.Names).Order(StringComparer.Ordinal).Select(name => View(name, byQueue[name]))];
    }

    /// <summary>One queue by the counts of its lists.</summary>
    public QueueView ViewOf(string name, IReadOnlyDictionary<string, long> counts) => View(name, counts);

    public IReadOnlyList<PoolView> Pools() =>
        [.. pools.OrderBy(pool => pool.Key, StringComparer.Ordinal).Select(pool => Pool(pool.Key))];

    public PoolView Pool(string name) => gauges.TryGetValue(name, out var gauge)
        ? new(name, [.. pools[name].Queues], gauge.Size, gauge.Running, RestartsOf(name)) { Min = gauge.Bounds?.Min, Max = gauge.Bounds?.Max, Runs = RunsOf(pools[name]) }
        : new(name, [.. pools[name].Queues], 0, 0, 0) { Runs = RunsOf(pools[name]) };

    private static PoolRuns RunsOf(PoolOptions pool) => pool.Remote ? PoolRuns.Remote : pool.Isolated ? PoolRuns.Isolated : PoolRuns.InProcess;

    private long RestartsOf(string name) => system.Find(JobsNode.PoolPath(name))?.Restarts ?? 0;

    /// <summary>The breakers that are configured or not closed.</summary>
    public IReadOnlyList<BreakerView> Breakers() => board.Breakers.Views(time.GetUtcNow());

    private QueueView View(string name, IEnumerable<KeyValuePair<string, long>> counts)
    {
        var entry = board.Of(name);
        return new QueueView
        {
            Name = name,
            States = counts.GroupBy(count => JobIndex.Parse(count.Key).Status).ToDictionary(group => group.Key, group => group.Sum(count => count.Value)),
            Capacity = entry.Capacity,
            Paused = entry.Settings.Paused,
            Draining = entry.Settings.Draining,
            OldestAge = entry.OldestAvailable is { } since ? Positive(time.GetUtcNow() - since) : TimeSpan.Zero,
            DrainRate = entry.DrainRate,
            Pools = [.. PoolsOf(name)],
            Limits = entry.Limits is { } limits && limits != QueueLimits.None ? limits : null,
            Held = entry.Refused,
        };
    }

    private IEnumerable<string> PoolsOf(string queue)
    {
        var named = pools.Where(pool => pool.Value.Queues.Contains(queue)).Select(pool => pool.Key).ToArray();
        return named.Length > 0 ? named : pools.Where(pool => pool.Value.Queues.Count == 0).Select(pool => pool.Key);
    }

    private static TimeSpan Positive(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;
}
