using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Simulation.Faults;

/// <summary>A store with something wrong about it.</summary>
internal sealed class AlteredStore(IEntityStore inner) : IEntityStore
{
    /// <summary>Changes each write on its way.</summary>
    public Func<EntityWrite, EntityWrite> Write { get; init; } = write => write;

    /// <summary>Changes what a group of writes is answered with.</summary>
    public Func<int, Task<IReadOnlyList<WriteResult>>, Task<IReadOnlyList<WriteResult>>> Answer { get; init; } = (_, answer) => answer;

    /// <summary>Changes the epoch a new owner gets.</summary>
    public Func<long, long> Epoch { get; init; } = epoch => epoch;

    /// <summary>The index that nobody finds anything in.</summary>
    public string? EmptyIndex { get; init; }

    /// <summary>Whether nobody finds a lease.</summary>
    public bool HidesLeases { get; init; }

    /// <summary>Whether an owner's epoch stays as it is when it asks for a higher one.</summary>
    public bool LetsLateWritesIn { get; init; }

    public string Durability => inner.Durability;

    public long Generation => inner.Generation;

    public ValueTask OpenAsync(int shards, CancellationToken cancellationToken) => inner.OpenAsync(shards, cancellationToken);

    public async ValueTask<long> AcquireShardAsync(int shard, string node, CancellationToken cancellationToken) =>
        Epoch(await inner.AcquireShardAsync(shard, node, cancellationToken).ConfigureAwait(false));

    public ValueTask<long?> FenceShardAsync(int shard, long epoch, string name, CancellationToken cancellationToken) =>
        LetsLateWritesIn ? new(epoch) : inner.FenceShardAsync(shard, epoch, name, cancellationToken);

    public ValueTask<IReadOnlyList<WriteResult>> WriteAsync(IReadOnlyList<EntityWrite> group, CancellationToken cancellationToken) =>
        new(Answer(group.Count, inner.WriteAsync([.. group.Select(Write)], cancellationToken).AsTask()));

    public ValueTask<IReadOnlyList<StoredEntity?>> ReadAsync(IReadOnlyList<EntityKey> keys, CancellationToken cancellationToken) =>
        inner.ReadAsync(keys, cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadHistoryAsync(EntityKey key, long after, int limit, CancellationToken cancellationToken) =>
        inner.ReadHistoryAsync(key, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<StoredEntry>> ReadIndexAsync(IndexQuery query, CancellationToken cancellationToken) =>
        query.Index == EmptyIndex ? new([]) : inner.ReadIndexAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<EntityKey>> ReadLeasedAsync(int shard, CancellationToken cancellationToken) =>
        HidesLeases ? new([]) : inner.ReadLeasedAsync(shard, cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, long>> CountAsync(string indexPrefix, CancellationToken cancellationToken) =>
        inner.CountAsync(indexPrefix, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
