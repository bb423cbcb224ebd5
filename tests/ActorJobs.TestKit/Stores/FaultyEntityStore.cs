using System.Collections.Concurrent;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.TestKit.Stores;

/// <summary>A store that fails and delays as a test's scripts say, and otherwise passes calls on to another store.</summary>
/// <param name="inner">The store that does the work.</param>
public sealed class FaultyEntityStore(IEntityStore inner) : IEntityStore
{
    private readonly ConcurrentQueue<IReadOnlyList<EntityWrite>> groups = new();

    /// <summary>What happens to <see cref="WriteAsync"/>.</summary>
    public FaultScript Writes { get; } = new();

    /// <summary>What happens to <see cref="ReadAsync"/> and <see cref="ReadHistoryAsync"/>.</summary>
    public FaultScript Reads { get; } = new();

    /// <summary>What happens to <see cref="ReadIndexAsync"/>.</summary>
    public FaultScript IndexReads { get; } = new();

    /// <summary>What happens to <see cref="AcquireShardAsync"/>.</summary>
    public FaultScript Acquires { get; } = new();

    /// <summary>Every group that a caller has asked to write so far, also those that failed.</summary>
    public IReadOnlyList<IReadOnlyList<EntityWrite>> Groups => [.. groups];

    /// <inheritdoc/>
    public string Durability => inner.Durability;

    /// <inheritdoc/>
    public ValueTask OpenAsync(int shards, CancellationToken cancellationToken) => inner.OpenAsync(shards, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> AcquireShardAsync(int shard, string node, CancellationToken cancellationToken) =>
        Acquires.RunAsync(() => inner.AcquireShardAsync(shard, node, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WriteResult>> WriteAsync(IReadOnlyList<EntityWrite> group, CancellationToken cancellationToken)
    {
        groups.Enqueue([.. group]);
        return Writes.RunAsync(() => inner.WriteAsync(group, cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntity?>> ReadAsync(IReadOnlyList<EntityKey> keys, CancellationToken cancellationToken) =>
        Reads.RunAsync(() => inner.ReadAsync(keys, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEvent>> ReadHistoryAsync(EntityKey key, long after, int limit, CancellationToken cancellationToken) =>
        Reads.RunAsync(() => inner.ReadHistoryAsync(key, after, limit, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntry>> ReadIndexAsync(IndexQuery query, CancellationToken cancellationToken) =>
        IndexReads.RunAsync(() => inner.ReadIndexAsync(query, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EntityKey>> ReadLeasedAsync(int shard, CancellationToken cancellationToken) =>
        inner.ReadLeasedAsync(shard, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, long>> CountAsync(string indexPrefix, CancellationToken cancellationToken) =>
        inner.CountAsync(indexPrefix, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
