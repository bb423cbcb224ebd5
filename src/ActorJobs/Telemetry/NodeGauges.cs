using System.Diagnostics.Metrics;
using ActorJobs.Pools;

namespace ActorJobs.Telemetry;

/// <summary>
/// The gauges of the meter <c>ActorJobs</c>: queues, pools, mailboxes and the store as they are now. Counts of jobs come from the store, which a gauge
/// cannot wait for: it shows the last ones read, and has newer ones read when these are older than 5 seconds. Who can wait calls
/// <see cref="RefreshAsync"/> before it collects.
/// </summary>
public sealed class NodeGauges
{
    /// <summary>Beyond so many queues, the others are shown together as <c>other</c>.</summary>
    public const int MaxQueues = 200;

    private static readonly (JobStatus State, string Label)[] States = [.. Enum.GetValues<JobStatus>().Select(state => (state, state.ToString()))];
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReadDeadline = TimeSpan.FromSeconds(5);

    private readonly IJobQueries queries;
    private readonly NodeStatus node;
    private readonly IReadOnlyDictionary<string, PoolGauge> pools;
    private readonly TimeProvider time;
    private StatsView? last; // written by refreshes, read by observers
    private int isReading;

    internal NodeGauges(
        ActorJobsInstruments instruments, IJobQueries queries, NodeStatus node, IReadOnlyDictionary<string, PoolGauge> pools, Func<int> shards, TimeProvider time)
    {
        (this.queries, this.node, this.pools, this.time) = (queries, node, pools, time);
        var meter = instruments.Meter;
        meter.CreateObservableGauge("actorjobs.queue.jobs", Jobs, "{job}", "Jobs in a queue by state, in the whole cluster.");
        meter.CreateObservableGauge("actorjobs.queue.oldest.age", OldestAges, "s", "How long the oldest available job has waited.");
        meter.CreateObservableGauge("actorjobs.queue.capacity", Capacities, "{job}", "How many jobs may wait in a queue.");
        meter.CreateObservableGauge("actorjobs.queue.held", () => OfQueues(queue => queue.Held), "{job}", "Jobs that were refused a permit when this node last asked for some.");
        meter.CreateObservableGauge("actorjobs.breaker.state", Breakers, null, "0 while a dependency's circuit breaker is closed, 1 half-open, 2 open.");
        meter.CreateObservableGauge("actorjobs.queue.paused", () => OfQueues(queue => queue.Paused ? 1L : 0), null, "1 while a queue is paused.");
        meter.CreateObservableGauge("actorjobs.pool.slots", () => OfPools(pool => pool.Size), "{attempt}", "How many attempts a pool of this node may run at once.");
        meter.CreateObservableGauge("actorjobs.pool.busy", () => OfPools(pool => pool.Running), "{attempt}", "How many it runs.");
        meter.CreateObservableGauge("actorjobs.pool.ready", () => OfPools(pool => pool.Ready), "{job}", "Claimed jobs that wait in a pool for a slot.");
        meter.CreateObservableGauge("actorjobs.actor.mailbox.depth", Mailboxes, "{message}", "The fullest mailbox among actors of one sort.");
        meter.CreateObservableGauge("actorjobs.node.shards", () => (long)shards(), "{shard}", "Shards that this node owns.");
        meter.CreateObservableGauge("actorjobs.node.ready", () => node.IsReady() ? 1L : 0, null, "1 while the node accepts work.");
        meter.CreateObservableGauge("actorjobs.store.available", () => node.Health.Current is null ? 1L : 0, null, "1 while the store answers.");
    }

    /// <summary>Reads the counts anew. Throws what the store throws; the gauges then keep showing the last ones.</summary>
    public async ValueTask RefreshAsync(CancellationToken cancellationToken = default) =>
        Volatile.Write(ref last, await queries.StatsAsync(cancellationToken).ConfigureAwait(false));

    private IEnumerable<Measurement<long>> Jobs()
    {
        foreach (var queue in Queues())
        {
            // zeros too: a series that begins with its first job has no change to alert on
            foreach (var (state, label) in States)
                yield return new(queue.States.GetValueOrDefault(state), new("queue", queue.Name), new("state", label));
        }

        var rest = Rest().SelectMany(queue => queue.States).ToLookup(state => state.Key, state => state.Value);
        foreach (var state in rest)
            yield return new(state.Sum(), new("queue", JobMeter.Other), new("state", state.Key.ToString()));
    }

    private IEnumerable<Measurement<double>> OldestAges() => OfQueues(queue => queue.OldestAge.TotalSeconds);

    private IEnumerable<Measurement<long>> Capacities() => OfQueues(queue => queue.Capacity);

    private IEnumerable<Measurement<long>> Breakers() => (Latest()?.Breakers ?? []).Take(MaxQueues).Select(breaker => new Measurement<long>(
        breaker.Status switch { BreakerStatus.Open => 2, BreakerStatus.HalfOpen => 1, _ => 0 }, new KeyValuePair<string, object?>("dependency", breaker.Name)));

    private IEnumerable<Measurement<long>> Mailboxes() => node.Tree()
        .GroupBy(actor => SortOf(actor.Path), StringComparer.Ordinal)
        .Select(sort => new Measurement<long>(sort.Max(actor => actor.MailboxDepth), new KeyValuePair<string, object?>("actor", sort.Key)));

    // "/shard-12" and "/entities/shard-12/x" are shards: which of them would be as many series
    private static string SortOf(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first.TrimEnd("0123456789".ToCharArray()).TrimEnd('-') : "root";

    private IEnumerable<Measurement<T>> OfQueues<T>(Func<QueueView, T> value)
        where T : struct => Queues().Select(queue => new Measurement<T>(value(queue), new KeyValuePair<string, object?>("queue", queue.Name)));

    private IEnumerable<Measurement<long>> OfPools(Func<PoolGauge, int> value) =>
        pools.Select(pool => new Measurement<long>(value(pool.Value), new KeyValuePair<string, object?>("pool", pool.Key)));

    private IEnumerable<QueueView> Queues() => Latest()?.Queues.Take(MaxQueues) ?? [];

    private IEnumerable<QueueView> Rest() => Volatile.Read(ref last)?.Queues.Skip(MaxQueues) ?? [];

    private StatsView? Latest()
    {
        var known = Volatile.Read(ref last);
        if ((known is null || time.GetUtcNow() - known.At > Freshness) && Interlocked.Exchange(ref isReading, 1) == 0)
            _ = ReadInBackgroundAsync();
        return Volatile.Read(ref last);
    }

    private async Task ReadInBackgroundAsync()
    {
        try
        {
            using var deadline = new CancellationTokenSource(ReadDeadline, time);
            await RefreshAsync(deadline.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the store being away is told by actorjobs.store.available
        catch (Exception)
        {
        }
#pragma warning restore CA1031
        finally
        {
            Volatile.Write(ref isReading, 0);
        }
    }
}
