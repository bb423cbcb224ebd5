using System.Collections.Concurrent;
using ActorJobs.Actors;
using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Dispatch;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;
using ActorJobs.Limits;
using ActorJobs.Pools;

namespace ActorJobs.Queues;

/// <summary>What the fetcher works with.</summary>
internal sealed class JobFetcherContext(
    EntityHost entities, IEntityStore store, QueueBoard board, string node, int shards, IReadOnlySet<string> served, TimeProvider time)
{
    private long asks;
    private static readonly TimeSpan StoreDeadline = TimeSpan.FromSeconds(30);

    public EntityHost Entities => entities;

    public QueueBoard Board => board;

    public TimeProvider Time => time;

    public string Node => node;

    public int Shards => shards;

    /// <summary>The claimed jobs this node answers for; set before the shards start.</summary>
    public ConcurrentDictionary<EntityKey, int> Held { get; set; } = new();

    /// <summary>The pools of this node; set before the shards start.</summary>
    public IReadOnlyList<ActorRef<PoolMessage>> Pools { get; set; } = [];

    /// <summary>The last answer to a pull that was received for a pool from a node. Used in the fetcher's turns, and kept across its restarts.</summary>
    public Dictionary<(string Pool, string Node), long> Received { get; } = [];

    /// <summary>A number for an ask at an arbiter, never used before by this node: also not by the fetcher before its restart.</summary>
    public long NextAsk() => ++asks;

    /// <summary>Where what waits for the fetcher goes on.</summary>
    public Dispatcher Dispatcher { get; init; } = Dispatcher.ThreadPool;

    /// <summary>Takes permits back to their arbiters.</summary>
    public required ActorRef<PermitReturn> Returns { get; init; }

    /// <summary>How nodes call one another; null when this one is alone.</summary>
    public IPeerTransport? Transport { get; init; }

    /// <summary>A pool without queues of its own serves those that no other pool serves.</summary>
    public ServedQueues ServedBy(IReadOnlyList<string> queues) => new(queues, queues.Count > 0 ? [] : served);

    public ValueTask<IReadOnlyDictionary<string, long>> ReadLevelsAsync() =>
        BoundedAsync(cancellation => store.CountAsync(JobIndex.PrefixOf(JobStatus.Available), cancellation));

    public ValueTask<IReadOnlyList<StoredEntry>> ReadPageAsync(IndexQuery query) => BoundedAsync(cancellation => store.ReadIndexAsync(query, cancellation));

    private async ValueTask<T> BoundedAsync<T>(Func<CancellationToken, ValueTask<T>> read)
    {
        using var deadline = new CancellationTokenSource(StoreDeadline, time);
        return await read(deadline.Token).ConfigureAwait(false);
    }
}
