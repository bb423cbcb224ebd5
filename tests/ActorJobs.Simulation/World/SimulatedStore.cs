using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Simulation.Checks;

namespace ActorJobs.Simulation.World;

/// <summary>The shared store as one process sees it: far away, and watched.</summary>
internal sealed class SimulatedStore(IEntityStore inner, Wire wire, string node, CommitWatch watch) : IEntityStore
{
    public string Durability => inner.Durability;

    public long Generation => inner.Generation;

    public ValueTask OpenAsync(int shards, CancellationToken cancellationToken) => inner.OpenAsync(shards, cancellationToken);

    public ValueTask<long> AcquireShardAsync(int shard, string by, CancellationToken cancellationToken) => wire.CallAsync(
        "acquire",
        async () =>
        {
            var epoch = await inner.AcquireShardAsync(shard, by, CancellationToken.None).ConfigureAwait(false);
            watch.Acquired(node, shard, epoch);
            return epoch;
        },
        cancellationToken);

    public ValueTask<long?> FenceShardAsync(int shard, long known, string name, CancellationToken cancellationToken) => wire.CallAsync(
        "fence",
        async () =>
        {
            var epoch = await inner.FenceShardAsync(shard, known, name, CancellationToken.None).ConfigureAwait(false);
            if (epoch > known)
                watch.Fenced(node, shard, epoch.Value);
            return epoch;
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<WriteResult>> WriteAsync(IReadOnlyList<EntityWrite> group, CancellationToken cancellationToken)
    {
        EntityWrite[] sent = [.. group]; // what has left does not change
        return wire.CallAsync(
            "write",
            async () =>
            {
                var results = await inner.WriteAsync(sent, CancellationToken.None).ConfigureAwait(false);
                watch.Wrote(node, sent, results);
                return results;
            },
            cancellationToken);
    }

    public ValueTask<IReadOnlyList<StoredEntity?>> ReadAsync(IReadOnlyList<EntityKey> keys, CancellationToken cancellationToken) =>
        wire.CallAsync("read", () => inner.ReadAsync(keys, CancellationToken.None), cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadHistoryAsync(EntityKey key, long after, int limit, CancellationToken cancellationToken) =>
        wire.CallAsync("history", () => inner.ReadHistoryAsync(key, after, limit, CancellationToken.None), cancellationToken);

    public ValueTask<IReadOnlyList<StoredEntry>> ReadIndexAsync(IndexQuery query, CancellationToken cancellationToken) =>
        wire.CallAsync("index", () => inner.ReadIndexAsync(query, CancellationToken.None), cancellationToken);

    public ValueTask<IReadOnlyList<EntityKey>> ReadLeasedAsync(int shard, CancellationToken cancellationToken) =>
        wire.CallAsync("leased", () => inner.ReadLeasedAsync(shard, CancellationToken.None), cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, long>> CountAsync(string indexPrefix, CancellationToken cancellationToken) =>
        wire.CallAsync("count", () => inner.CountAsync(indexPrefix, CancellationToken.None), cancellationToken);

    public ValueTask DisposeAsync() => default; // it is shared
}
