using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ActorJobs.Server.Tests;

/// <content>Lists, counters, queues and pools.</content>
public sealed partial class FakeEngine : IJobQueries, IQueueControl
{
    private readonly Dictionary<string, QueueView> queues = new()
    {
        ["default"] = new QueueView
        {
            Name = "default",
            States = new Dictionary<JobStatus, long> { [JobStatus.Available] = 3 },
            Capacity = 1000,
            Paused = false,
            Draining = false,
            OldestAge = TimeSpan.FromSeconds(90),
            DrainRate = 12.5,
            Pools = ["default"],
        },
    };

    private readonly Channel<StatsView> changes = Channel.CreateBounded<StatsView>(16);
    private PoolView pool = new("default", [], 4, 1, 0);

    public ValueTask<JobPage> ListAsync(JobFilter filter, string? cursor, int limit, CancellationToken cancellationToken = default)
    {
        var before = cursor is null ? long.MaxValue : long.Parse(cursor, CultureInfo.InvariantCulture);
        lock (gate)
        {
            var found = jobs.Reverse().Where(entry => entry.Key < before && Matches(entry.Value, filter)).Take(limit + 1).ToArray();
            var items = found.Take(limit).Select(entry => entry.Value with { Args = default, Result = null, Log = [], Attempts = [] }).ToArray();
            return new(new JobPage(items, found.Length > limit ? found[limit - 1].Key.ToString(CultureInfo.InvariantCulture) : null));
        }
    }

    public async ValueTask<RequestedJob?> FindWithRequestAsync(JobId id, CancellationToken cancellationToken = default) =>
        await FindAsync(id, cancellationToken) is { } job ? new RequestedJob(job, new JobRequest { Id = id, Kind = job.Kind, Args = job.Args, Queue = job.Queue }) : null;

    public ValueTask<IReadOnlyDictionary<JobStatus, long>> CountTenantAsync(string tenant, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            return new(jobs.Values.Where(job => job.Tenant == tenant).GroupBy(job => job.State).ToDictionary(group => group.Key, group => group.LongCount()));
        }
    }

    public ValueTask<IReadOnlyList<JobEventView>?> HistoryAsync(JobId id, long after = 0, int limit = 1000, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            return new((IReadOnlyList<JobEventView>?)(histories.TryGetValue(id, out var history)
                ? [.. history.Where(item => item.Version > after).Take(limit)]
                : null));
        }
    }

    public async ValueTask<WhyView?> WhyAsync(JobId id, CancellationToken cancellationToken = default) =>
        await FindAsync(id, cancellationToken) is { } job
            ? new WhyView(job.State, $"It is {job.State} in queue {job.Queue}.", ["3 jobs are ahead of it."], 3, true, Start.AddSeconds(4))
            : null;

    public ValueTask<StatsView> StatsAsync(CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            return new(new StatsView
            {
                States = jobs.Values.GroupBy(job => job.State).ToDictionary(group => group.Key, group => group.LongCount()),
                Queues = [.. queues.Values],
                Pools = [pool],
                Rates = new RatesView(5, 4, 3, 1, 0),
                Recent = [.. Enumerable.Range(0, 60).Select(second => new RatesView(second % 7, 4, second % 5, 1, 0))],
                At = Start,
            });
        }
    }

    public async IAsyncEnumerable<StatsView> WatchStatsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return await StatsAsync(cancellationToken);
        await foreach (var stats in changes.Reader.ReadAllAsync(cancellationToken))
            yield return stats;
    }

    /// <summary>Tells those who watch that something changed.</summary>
    public async Task AnnounceAsync() => await changes.Writer.WriteAsync(await StatsAsync());

    public ValueTask<IReadOnlyList<QueueView>> ListQueuesAsync(CancellationToken cancellationToken = default) => new([.. queues.Values]);

    public ValueTask<QueueView?> FindQueueAsync(string name, CancellationToken cancellationToken = default) => new(queues.GetValueOrDefault(name));

    public ValueTask<QueueView> ChangeQueueAsync(string name, QueueChange change, CancellationToken cancellationToken = default)
    {
        var queue = queues.GetValueOrDefault(name) ?? queues["default"] with { Name = name, States = new Dictionary<JobStatus, long>() };
        return new(queues[name] = queue with
        {
            Paused = change.Paused ?? queue.Paused,
            Draining = change.Draining ?? queue.Draining,
            Capacity = change.Capacity ?? queue.Capacity,
        });
    }

    public ValueTask<IReadOnlyList<PoolView>> ListPoolsAsync(CancellationToken cancellationToken = default) => new([pool]);

    public ValueTask<IReadOnlyList<BreakerView>> ListBreakersAsync(CancellationToken cancellationToken = default) =>
        new([new BreakerView("shop", BreakerStatus.Closed, null, null, 0)]);

    public ValueTask<BreakerView> SetBreakerAsync(string name, bool open, CancellationToken cancellationToken = default) =>
        new(new BreakerView(name, open ? BreakerStatus.Open : BreakerStatus.Closed, DateTimeOffset.UnixEpoch, null, 0));

    public ValueTask<PoolView?> ResizePoolAsync(string name, int size, CancellationToken cancellationToken = default) =>
        new(name == pool.Name ? pool = pool with { Size = size } : null);

    public ValueTask<PoolView?> ScalePoolAsync(string name, int min, int max, CancellationToken cancellationToken = default) =>
        new(name == pool.Name ? pool = pool with { Size = Math.Clamp(pool.Size, min, max), Min = min, Max = max } : null);

    private static bool Matches(JobView job, JobFilter filter) =>
        (filter.State is null || job.State == filter.State) && (filter.Queue is null || job.Queue == filter.Queue)
        && (filter.Kind is null || job.Kind == filter.Kind) && (filter.Tag is null || job.Tags.Contains(filter.Tag))
        && (filter.Tenant is null || job.Tenant == filter.Tenant);
}
