using System.Collections.Concurrent;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;
using ActorJobs.Limits;
using ActorJobs.Limits.Breakers;

namespace ActorJobs.Queues;

/// <summary>
/// What every part of a node may know of a queue at once: how many jobs wait, how fast they leave, whether it is paused. Counts are moved by
/// shards when changes are durable, so they are those of the store.
/// </summary>
internal sealed class QueueBoard(ActorJobsOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, QueueEntry> queues = new(StringComparer.Ordinal);

    /// <summary>The queues that are configured, are steered, or have been used since the node started: not those that were steered once and are again as they were.</summary>
    public IEnumerable<string> Names => queues.Where(queue => queue.Value.IsKnown).Select(queue => queue.Key).Union(options.Queues.Keys);

    /// <summary>Since when the oldest available job of the queues waits; null when none does, or all of them are paused.</summary>
    public DateTimeOffset? OldestOf(Func<string, bool> isServed) =>
        queues.Where(queue => !queue.Value.Settings.Paused && isServed(queue.Key)).Min(queue => queue.Value.OldestAvailable);

    public bool IsPaused(string queue) => queues.TryGetValue(queue, out var entry) && entry.Settings.Paused;

    public QueueEntry Of(string queue) => queues.GetOrAdd(
        queue,
        static (name, board) => new QueueEntry(board.options.Queues.TryGetValue(name, out var set) ? set : new QueueOptions(), board.Tenants.BoundsRunning, board.time),
        this);

    /// <summary>The queues whose jobs need permits.</summary>
    public IEnumerable<string> Limited => queues.Keys.Union(options.Queues.Keys).Where(name => Find(name) is { Limits: not null });

    /// <summary>The tenants' settings.</summary>
    public TenantTable Tenants { get; } = new(options.Tenants);

    /// <summary>The breakers that are not closed.</summary>
    public BreakerBoard Breakers { get; } = new(options);

    /// <summary>Whether a queue of that name may be used: it is known, or there are not too many yet. Each costs memory on every node.</summary>
    public bool Admits(string queue) => queues.ContainsKey(queue) || queues.Count < MaxQueues || options.Queues.ContainsKey(queue);

    /// <summary>Whether a queue is among the <see cref="Names"/>.</summary>
    public bool Knows(string queue) => options.Queues.ContainsKey(queue) || (queues.TryGetValue(queue, out var entry) && entry.IsKnown);

    public QueueEntry? Find(string queue) =>
        queues.TryGetValue(queue, out var entry) ? entry : options.Queues.ContainsKey(queue) ? Of(queue) : null;

    /// <summary>Takes over what the store holds: how many jobs wait, and how queues were steered. Before the shards start.</summary>
    public async Task LoadAsync(IEntityStore store, CancellationToken cancellationToken)
    {
        await LoadCountsAsync(store, cancellationToken).ConfigureAwait(false);
        await LoadSteeredAsync(store, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes over how many jobs wait. What this node's shards change while the counts are read may be counted twice or not, until the next reading.</summary>
    public async Task LoadCountsAsync(IEntityStore store, CancellationToken cancellationToken)
    {
        var waiting = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, count) in await store.CountAsync(JobIndex.Prefix, cancellationToken).ConfigureAwait(false))
        {
            var (status, queue, _) = JobIndex.Parse(name);
            if (status != JobStatus.Running && !status.IsTerminal())
                waiting[queue] = waiting.GetValueOrDefault(queue) + count;
        }

        foreach (var name in queues.Keys.Union(waiting.Keys))
            Of(name).SetWaiting(waiting.GetValueOrDefault(name));
    }

    /// <summary>Takes over how queues were steered; what is steered here while the store is read stays, for that is newer.</summary>
    public async Task LoadSteeredAsync(IEntityStore store, CancellationToken cancellationToken)
    {
        var before = queues.ToDictionary(queue => queue.Key, queue => queue.Value.Settings, StringComparer.Ordinal);
        var settings = new Dictionary<string, QueueSettings>(StringComparer.Ordinal);
        for (var shard = 0; shard < options.Shards; shard++)
        {
            var steered = await store.ReadIndexAsync(new IndexQuery(shard, QueueDecider.Index, MaxSteered), cancellationToken).ConfigureAwait(false);
            foreach (var entity in await store.ReadAsync([.. steered.Select(entry => entry.Key)], cancellationToken).ConfigureAwait(false))
            {
                if (entity is not null)
                    settings[entity.Key.Id] = QueueDecider.Codec.DecodeState(entity.State.Data);
            }
        }

        foreach (var name in queues.Keys.Union(settings.Keys))
            Of(name).Exchange(settings.GetValueOrDefault(name, QueueSettings.Default), before.GetValueOrDefault(name, QueueSettings.Default));
        await Breakers.LoadAsync(store, cancellationToken).ConfigureAwait(false);
    }

    public const int MaxQueues = 1000;

    private const int MaxSteered = 1000; // per shard
    private readonly ActorJobsOptions options = options;
    private readonly TimeProvider time = time;
}

/// <summary>One queue on the board.</summary>
/// <param name="configured">What the configuration says of it.</param>
/// <param name="boundsTenants">Whether tenants' running jobs are bounded, in every queue.</param>
/// <param name="time">The clock.</param>
internal sealed class QueueEntry(QueueOptions configured, bool boundsTenants, TimeProvider time)
{
    private readonly RateMeter finished = new(time);
    private readonly bool boundsTenants = boundsTenants;
    private volatile QueueLimits? limits = LimitsOf(configured, QueueSettings.Default, boundsTenants);
    private long refused;
    private long waiting;
    private long reserved;
    private long oldestTicks;
    private readonly Lock change = new(); // of settings and limits together; by shards, the keeper and whoever steers here
    private volatile QueueSettings settings = QueueSettings.Default;
    private volatile bool isUsed;

    /// <summary>Whether a job has come here since the node started, or it is steered.</summary>
    public bool IsKnown => isUsed || (settings.Capacity == configured.Capacity ? settings with { Capacity = null } : settings) != QueueSettings.Default;

    public QueueSettings Settings
    {
        get => settings;
        set
        {
            lock (change)
            {
                if (value == settings)
                    return;
                limits = LimitsOf(configured, value, boundsTenants);
                settings = value;
            }
        }
    }

    /// <summary>Sets the settings unless they are others than these by now.</summary>
    public void Exchange(QueueSettings value, QueueSettings known)
    {
        lock (change)
        {
            if (settings == known)
                Settings = value;
        }
    }

    public long Capacity => settings.Capacity ?? configured.Capacity;

    /// <summary>What is added to its jobs' priorities.</summary>
    public int Priority => configured.Priority;

    /// <summary>What its arbiter bounds; null when there is nothing to ask it. A new object with each change.</summary>
    public QueueLimits? Limits => limits;

    /// <summary>How many available jobs were refused a permit when this node last asked. Written by the fetcher.</summary>
    public long Refused
    {
        get => Interlocked.Read(ref refused);
        set => Interlocked.Exchange(ref refused, value);
    }

    /// <summary>How many jobs wait: for their parents, their time, or a slot.</summary>
    public long Waiting => Math.Max(0, Interlocked.Read(ref waiting));

    /// <summary>Since when the oldest available job waits; null when none does. Written by the fetcher.</summary>
    public DateTimeOffset? OldestAvailable
    {
        get => Interlocked.Read(ref oldestTicks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        set => Interlocked.Exchange(ref oldestTicks, value?.UtcTicks ?? 0);
    }

    /// <summary>Attempts that ended, per second.</summary>
    public double DrainRate => finished.PerSecond;

    public void SetWaiting(long count)
    {
        if (count > 0)
            NoteUse();
        Interlocked.Exchange(ref waiting, count);
    }

    public void AddWaiting(long change)
    {
        NoteUse();
        Interlocked.Add(ref waiting, change);
    }

    public void CountFinished()
    {
        NoteUse();
        finished.Add(1);
    }

    /// <summary>Makes room for a job about to be submitted; false when the queue is full. To be given back when the submit has ended.</summary>
    public bool TryReserve()
    {
        if (Interlocked.Increment(ref reserved) + Interlocked.Read(ref waiting) <= Capacity)
            return true;
        Interlocked.Decrement(ref reserved);
        return false;
    }

    public void GiveBack(int count = 1) => Interlocked.Add(ref reserved, -count);

    // looked at before it is set: it is set once and passed with every job
    private void NoteUse()
    {
        if (!isUsed)
            isUsed = true;
    }

    private static QueueLimits? LimitsOf(QueueOptions configured, QueueSettings settings, bool boundsTenants)
    {
        var limits = new QueueLimits
        {
            Rate = RateOf(settings.Rate ?? configured.Rate),
            Concurrency = (settings.Concurrency ?? configured.Concurrency) is > 0 and var concurrency ? concurrency : null,
            KeyRate = RateOf(settings.KeyRate ?? configured.KeyRate),
            KeyConcurrency = (settings.KeyConcurrency ?? configured.KeyConcurrency) is > 0 and var keyConcurrency ? keyConcurrency : null,
        };
        return limits == QueueLimits.None && !boundsTenants ? null : limits;
    }

    private static Rate? RateOf(string? text) => Rate.TryParse(text, out var rate) ? rate : null;

    /// <summary>When a full queue should have room again: when a hundredth of it, at least one job, has drained.</summary>
    public TimeSpan RetryAfter()
    {
        var rate = DrainRate;
        var seconds = rate > 0 ? Math.Max(1, Capacity / 100.0) / rate : 30;
        return TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(seconds), 1, 300));
    }
}
