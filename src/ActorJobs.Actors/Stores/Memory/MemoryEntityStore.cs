using ActorJobs.Actors.Entities;

namespace ActorJobs.Actors.Stores.Memory;

/// <summary>Keeps everything in this process. For tests and for trying things out: nothing outlives the process.</summary>
public sealed class MemoryEntityStore : IEntityStore
{
    private readonly Lock gate = new(); // guards everything below; no call holds it for longer than its page or group
    private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);
    private MemoryShard[] shards = [];

    /// <inheritdoc/>
    public string Durability => "memory";

    /// <inheritdoc/>
    public ValueTask OpenAsync(int shards, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (this.shards.Length > 0 && this.shards.Length != shards)
                throw new StoreUnusableException($"The store has {this.shards.Length} shards, the configuration says {shards}.");
            if (this.shards.Length == 0)
                this.shards = [.. Enumerable.Range(0, shards).Select(_ => new MemoryShard(counts))];
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<long> AcquireShardAsync(int shard, string node, CancellationToken cancellationToken)
    {
        lock (gate)
            return new(shards[shard].Acquire(node));
    }

    /// <inheritdoc/>
    public ValueTask<long?> FenceShardAsync(int shard, long epoch, string name, CancellationToken cancellationToken)
    {
        lock (gate)
            return new(shards[shard].Fence(epoch, name));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WriteResult>> WriteAsync(IReadOnlyList<EntityWrite> group, CancellationToken cancellationToken)
    {
        var results = new WriteResult[group.Count];
        lock (gate)
        {
            for (var i = 0; i < results.Length; i++)
                results[i] = shards[group[i].Shard].Write(group[i]);
        }

        return new(results);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntity?>> ReadAsync(IReadOnlyList<EntityKey> keys, CancellationToken cancellationToken)
    {
        lock (gate)
            return new([.. keys.Select(key => ShardOf(key).Find(key))]);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEvent>> ReadHistoryAsync(EntityKey key, long after, int limit, CancellationToken cancellationToken)
    {
        lock (gate)
            return new([.. ShardOf(key).History(key).Skip((int)after).Take(limit)]);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntry>> ReadIndexAsync(IndexQuery query, CancellationToken cancellationToken)
    {
        lock (gate)
            return new([.. shards[query.Shard].Page(query)]);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EntityKey>> ReadLeasedAsync(int shard, CancellationToken cancellationToken)
    {
        lock (gate)
            return new([.. shards[shard].Leased()]);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, long>> CountAsync(string indexPrefix, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return new(counts
                .Where(count => count.Value != 0 && count.Key.StartsWith(indexPrefix, StringComparison.Ordinal))
                .ToDictionary(StringComparer.Ordinal));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    private MemoryShard ShardOf(EntityKey key) => shards[ShardHash.Of(key.Id, shards.Length)];
}
