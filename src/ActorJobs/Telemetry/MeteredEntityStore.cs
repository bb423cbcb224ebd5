using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Telemetry;

/// <summary>A store whose calls are timed and counted. Once per call, and a call carries a group.</summary>
internal sealed class MeteredEntityStore(IEntityStore inner, ActorJobsInstruments instruments, TimeProvider time) : IEntityStore
{
    private static readonly KeyValuePair<string, object?>[] Write = Call("write");
    private static readonly KeyValuePair<string, object?>[] Read = Call("read");
    private static readonly KeyValuePair<string, object?>[] History = Call("history");
    private static readonly KeyValuePair<string, object?>[] Index = Call("index");
    private static readonly KeyValuePair<string, object?>[] Count = Call("count");
    private static readonly KeyValuePair<string, object?> Stale = new("reason", "stale-epoch");
    private static readonly KeyValuePair<string, object?> Conflict = new("reason", "version-conflict");
    private static readonly KeyValuePair<string, object?> KeyHeld = new("reason", "key-held");

    public string Durability => inner.Durability;

    public int MaxPayloadBytes => inner.MaxPayloadBytes;

    public long Generation => inner.Generation;

    public ValueTask OpenAsync(int shards, CancellationToken cancellationToken) => inner.OpenAsync(shards, cancellationToken);

    public ValueTask<long> AcquireShardAsync(int shard, string node, CancellationToken cancellationToken) =>
        inner.AcquireShardAsync(shard, node, cancellationToken);

    public ValueTask<long?> FenceShardAsync(int shard, long epoch, string name, CancellationToken cancellationToken) =>
        inner.FenceShardAsync(shard, epoch, name, cancellationToken);

    public async ValueTask<IReadOnlyList<WriteResult>> WriteAsync(IReadOnlyList<EntityWrite> group, CancellationToken cancellationToken)
    {
        instruments.StoreGroups.Record(group.Count);
        var began = time.GetTimestamp();
        try
        {
            var results = await inner.WriteAsync(group, cancellationToken).ConfigureAwait(false);
            instruments.StoreWrites.Record(time.GetElapsedTime(began).TotalSeconds);
            CountRefusals(results);
            return results;
        }
        catch
        {
            instruments.StoreFailures.Add(1, Write);
            throw;
        }
    }

    public ValueTask<IReadOnlyList<StoredEntity?>> ReadAsync(IReadOnlyList<EntityKey> keys, CancellationToken cancellationToken) =>
        TimedAsync(inner.ReadAsync(keys, cancellationToken), Read);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadHistoryAsync(EntityKey key, long after, int limit, CancellationToken cancellationToken) =>
        TimedAsync(inner.ReadHistoryAsync(key, after, limit, cancellationToken), History);

    public ValueTask<IReadOnlyList<StoredEntry>> ReadIndexAsync(IndexQuery query, CancellationToken cancellationToken) =>
        TimedAsync(inner.ReadIndexAsync(query, cancellationToken), Index);

    public ValueTask<IReadOnlyList<EntityKey>> ReadLeasedAsync(int shard, CancellationToken cancellationToken) =>
        TimedAsync(inner.ReadLeasedAsync(shard, cancellationToken), Index);

    public ValueTask<IReadOnlyDictionary<string, long>> CountAsync(string indexPrefix, CancellationToken cancellationToken) =>
        TimedAsync(inner.CountAsync(indexPrefix, cancellationToken), Count);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async ValueTask<T> TimedAsync<T>(ValueTask<T> call, KeyValuePair<string, object?>[] tags)
    {
        var began = time.GetTimestamp();
        try
        {
            var answer = await call.ConfigureAwait(false);
            instruments.StoreReads.Record(time.GetElapsedTime(began).TotalSeconds, tags);
            return answer;
        }
        catch (OperationCanceledException)
        {
            throw; // nobody waits for the answer any more; a deadline that has passed is seen by the write it failed
        }
        catch
        {
            instruments.StoreFailures.Add(1, tags);
            throw;
        }
    }

    private void CountRefusals(IReadOnlyList<WriteResult> results)
    {
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i].Status is not WriteStatus.Written and var status)
                instruments.StoreRefusals.Add(1, ReasonOf(status));
        }
    }

    private static KeyValuePair<string, object?> ReasonOf(WriteStatus status) => status switch
    {
        WriteStatus.StaleEpoch => Stale,
        WriteStatus.VersionConflict => Conflict,
        _ => KeyHeld,
    };

    private static KeyValuePair<string, object?>[] Call(string name) => [new("call", name)];
}
