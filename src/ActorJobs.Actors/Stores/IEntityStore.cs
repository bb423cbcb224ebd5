using ActorJobs.Actors.Entities;

namespace ActorJobs.Actors.Stores;

/// <summary>
/// Where entities live. Every implementation passes the same conformance suite. A call that throws has an unknown outcome: the caller reads
/// back before it decides.
/// </summary>
public interface IEntityStore : IAsyncDisposable
{
    /// <summary>The level a written write has reached: <c>memory</c>, <c>fsync</c>, <c>everysec</c>, <c>replicated(n)</c>.</summary>
    string Durability { get; }

    /// <summary>
    /// The largest value that callers should hand over in one piece (a job's arguments, say). Larger ones are to be refused before anything is decided:
    /// the store itself takes more, since a value is only a part of what is written with it. Unit: bytes. Default: 1 MiB.
    /// </summary>
    int MaxPayloadBytes => 1 << 20;

    /// <summary>
    /// Another number than before when the store may have gone back in time and lost what it had acknowledged: a server was restarted after a power cut, or
    /// another one has taken its place. Owners then know more than is stored, and have to acquire their shards anew. Default: never.
    /// </summary>
    long Generation => 0;

    /// <summary>
    /// Opens the store for this process, creating it when there is none. Throws <see cref="StoreUnusableException"/> when it has another number
    /// of shards, is damaged, or is in use by a process that does not share.
    /// </summary>
    ValueTask OpenAsync(int shards, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the caller the owner of a shard and returns the new epoch: higher than all before it, also than such as the store has lost since.
    /// </summary>
    ValueTask<long> AcquireShardAsync(int shard, string node, CancellationToken cancellationToken);

    /// <summary>
    /// Raises the epoch of a shard that the caller owns: its own writes that are still under way, and that nobody waits for any more, are refused when they come
    /// in. Called again with the same name, because the answer was lost, it answers the same.
    /// </summary>
    /// <param name="shard">Which.</param>
    /// <param name="epoch">The epoch that the caller knows.</param>
    /// <param name="name">What the owner is called from now on; not as before.</param>
    /// <param name="cancellationToken">Gives up; the epoch may be raised all the same.</param>
    /// <returns>The new epoch, or null when the shard has another owner.</returns>
    ValueTask<long?> FenceShardAsync(int shard, long epoch, string name, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a group with one trip to the store; the answers come in the group's order. Members fail alone: a conflict of one leaves the others
    /// written. A group must not hold two writes of one entity.
    /// </summary>
    ValueTask<IReadOnlyList<WriteResult>> WriteAsync(IReadOnlyList<EntityWrite> group, CancellationToken cancellationToken);

    /// <summary>Reads entities, in the order of the keys, null where there is none.</summary>
    ValueTask<IReadOnlyList<StoredEntity?>> ReadAsync(IReadOnlyList<EntityKey> keys, CancellationToken cancellationToken);

    /// <summary>Reads an entity's events after a version, oldest first.</summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadHistoryAsync(EntityKey key, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Reads a page of an index.</summary>
    ValueTask<IReadOnlyList<StoredEntry>> ReadIndexAsync(IndexQuery query, CancellationToken cancellationToken);

    /// <summary>The entities of a shard that have a lease.</summary>
    ValueTask<IReadOnlyList<EntityKey>> ReadLeasedAsync(int shard, CancellationToken cancellationToken);

    /// <summary>How many entries the indexes have whose names begin with the prefix, over all shards; empty ones may be left out.</summary>
    ValueTask<IReadOnlyDictionary<string, long>> CountAsync(string indexPrefix, CancellationToken cancellationToken);
}

/// <summary>An entity as stored.</summary>
/// <param name="Key">Which.</param>
/// <param name="Version">How many events it has.</param>
/// <param name="State">The state after them.</param>
/// <param name="Lease">The lease, if it has one.</param>
public sealed record StoredEntity(EntityKey Key, long Version, EncodedState State, EncodedEvent? Lease);

/// <summary>An event with its place in the history, from 1.</summary>
public sealed record StoredEvent(long Version, EncodedEvent Event);

/// <summary>An entry of an index.</summary>
public readonly record struct StoredEntry(EntityKey Key, long Sort, string? Value);

/// <summary>Which page of which index.</summary>
/// <param name="Shard">Of which shard.</param>
/// <param name="Index">The index's name.</param>
/// <param name="Limit">At most so many.</param>
public sealed record IndexQuery(int Shard, string Index, int Limit)
{
    /// <summary>Begin behind this place, or at the beginning when null.</summary>
    public IndexPosition? After { get; init; }

    /// <summary>End with this sort, inclusive.</summary>
    public long? UpTo { get; init; }

    /// <summary>Highest sort first.</summary>
    public bool Descending { get; init; }
}

/// <summary>A place in an index: entries are ordered by sort, then kind, then id, by their bytes.</summary>
public readonly record struct IndexPosition(long Sort, EntityKey Key);

/// <summary>The store cannot be used as it is; the message says what to do.</summary>
public sealed class StoreUnusableException : Exception
{
    /// <summary>Makes the error.</summary>
    public StoreUnusableException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
