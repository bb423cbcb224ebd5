using System.Collections.Concurrent;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.TestKit.Stores;

/// <summary>A store that fails and delays as a test's scripts say, and otherwise passes calls on to another store.</summary>
/// <param name="inner">The store that does the work.</param>
public sealed class FaultyEntityStore(IEntityStore inner) : IEntityStore
{
    private readonly ConcurrentQueue<IReadOnlyList<EntityWrite>> groups = new();
    private readonly FaultScript passes = new();
    private int calls;

    /// <summary>What happens to <see cref="WriteAsync"/>.</summary>
    public FaultScript Writes { get; } = new();

    /// <summary>What happens to <see cref="ReadAsync"/> and <see cref="ReadHistoryAsync"/>.</summary>
    public FaultScript Reads { get; } = new();

    /// <summary>What happens to <see cref="ReadIndexAsync"/>.</summary>
    public FaultScript IndexReads { get; } = new();

    /// <summary>What happens to <see cref="AcquireShardAsync"/> and <see cref="FenceShardAsync"/>.</summary>
    public FaultScript Acquires { get; } = new();

    /// <summary>What happens to <see cref="CountAsync"/>.</summary>
    public FaultScript Counts { get; } = new();

    /// <summary>What happens to every call but <see cref="OpenAsync"/>, before the script of its kind is looked at.</summary>
    public FaultScript All { get; } = new();

    /// <summary>How many calls there were so far, opening left out.</summary>
    public int Calls => Volatile.Read(ref calls);

    /// <summary>Every group that a caller has asked to write so far, also those that failed.</summary>
    public IReadOnlyList<IReadOnlyList<EntityWrite>> Groups => [.. groups];

    /// <inheritdoc/>
    public string Durability => inner.Durability;

    /// <inheritdoc/>
    public int MaxPayloadBytes => inner.MaxPayloadBytes;

    /// <inheritdoc/>
    public long Generation { get; set; }

    /// <inheritdoc/>
    public ValueTask OpenAsync(int shards, CancellationToken cancellationToken) => inner.OpenAsync(shards, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> AcquireShardAsync(int shard, string node, CancellationToken cancellationToken) =>
        RunAsync(Acquires, () => inner.AcquireShardAsync(shard, node, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long?> FenceShardAsync(int shard, long epoch, string name, CancellationToken cancellationToken) =>
        RunAsync(Acquires, () => inner.FenceShardAsync(shard, epoch, name, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WriteResult>> WriteAsync(IReadOnlyList<EntityWrite> group, CancellationToken cancellationToken)
    {
        groups.Enqueue([.. group]);
        return RunAsync(Writes, () => inner.WriteAsync(group, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntity?>> ReadAsync(IReadOnlyList<EntityKey> keys, CancellationToken cancellationToken) =>
        RunAsync(Reads, () => inner.ReadAsync(keys, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEvent>> ReadHistoryAsync(EntityKey key, long after, int limit, CancellationToken cancellationToken) =>
        RunAsync(Reads, () => inner.ReadHistoryAsync(key, after, limit, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntry>> ReadIndexAsync(IndexQuery query, CancellationToken cancellationToken) =>
        RunAsync(IndexReads, () => inner.ReadIndexAsync(query, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EntityKey>> ReadLeasedAsync(int shard, CancellationToken cancellationToken) =>
        RunAsync(passes, () => inner.ReadLeasedAsync(shard, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, long>> CountAsync(string indexPrefix, CancellationToken cancellationToken) =>
        RunAsync(Counts, () => inner.CountAsync(indexPrefix, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private ValueTask<TResult> RunAsync<TResult>(FaultScript script, Func<ValueTask<TResult>> call, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref calls);
        return All.RunAsync(() => script.RunAsync(call, cancellationToken), cancellationToken);
    }
}
