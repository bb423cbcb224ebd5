using System.Text;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using StackExchange.Redis;

namespace ActorJobs.Redis;

/// <summary>Reads of the store. What one call answers of a shard is of one moment.</summary>
internal sealed class RedisReader(RedisConnection connection, RedisScripts scripts, RedisKeys keys, int shards)
{
    // one command reads so many; between two calls of a long list others get their turn
    private const int MaxNames = 1000;

    public async ValueTask<IReadOnlyList<StoredEntity?>> ReadAsync(IReadOnlyList<EntityKey> entities, CancellationToken cancellationToken)
    {
        var found = new StoredEntity?[entities.Count];
        var parts = Enumerable.Range(0, entities.Count)
            .GroupBy(i => ShardHash.Of(entities[i].Id, shards))
            .SelectMany(shard => shard.Chunk(MaxNames).Select(places => (Keys: keys[shard.Key], Places: places)))
            .ToArray();
        await Task.WhenAll(CallsOf(parts).Select(ReadPartsAsync)).ConfigureAwait(false);
        return found;

        async Task ReadPartsAsync((ShardKeys Keys, int[] Places)[] call)
        {
            var names = call.Select(part => (part.Keys, (IReadOnlyList<byte[]>)[.. part.Places.Select(place => EntityName.Encode(entities[place]))])).ToArray();
            var answers = await scripts.ReadAsync(names, cancellationToken).ConfigureAwait(false);
            foreach (var (i, place) in call.SelectMany(part => part.Places).Index())
            {
                if (answers[2 * i] is { } row)
                    found[place] = EntityRow.Decode(entities[place], row, answers[(2 * i) + 1] is { } lease ? EventBytes.Decode(lease) : null);
            }
        }
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadHistoryAsync(EntityKey key, long after, int limit, CancellationToken cancellationToken)
    {
        var page = await scripts.HistoryAsync(keys[ShardHash.Of(key.Id, shards)], key, after, limit, cancellationToken).ConfigureAwait(false);
        return [.. page.Select((bytes, i) => new StoredEvent(after + i + 1, EventBytes.Decode(bytes)))];
    }

    public async ValueTask<IReadOnlyList<StoredEntry>> ReadIndexAsync(IndexQuery query, CancellationToken cancellationToken)
    {
        var (from, to) = IndexPlace.BoundsOf(query);
        object[] order = query.Descending ? ["BYLEX", "REV"] : ["BYLEX"];
        object[] arguments = [keys[query.Shard].Index(query.Index), (RedisValue)from, (RedisValue)to, .. order, "LIMIT", 0, query.Limit];
        var page = (byte[][])await connection.RunAsync(database => database.ExecuteAsync("ZRANGE", arguments), cancellationToken).ConfigureAwait(false);
        return [.. page.Select(member => IndexPlace.Decode(member))];
    }

    public async ValueTask<IReadOnlyList<EntityKey>> ReadLeasedAsync(int shard, CancellationToken cancellationToken)
    {
        var names = await connection.RunAsync(database => database.HashKeysAsync(keys[shard].Leases), cancellationToken).ConfigureAwait(false);
        return [.. names.Select(name => EntityName.Decode((byte[])name!))];
    }

    public async ValueTask<IReadOnlyDictionary<string, long>> CountAsync(string prefix, CancellationToken cancellationToken)
    {
        var all = Enumerable.Range(0, shards).Select(shard => keys[shard].Counts).ToArray();
        var calls = connection.Topology == RedisTopology.Cluster ? all.Select(counts => (RedisKey[])[counts]) : [all];
        var sums = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var answer in await Task.WhenAll(calls.Select(call => scripts.CountAsync(call, prefix, cancellationToken))).ConfigureAwait(false))
        {
            for (var i = 0; i < answer.Length; i += 2)
            {
                var name = Encoding.UTF8.GetString((byte[])answer[i]);
                sums[name] = sums.GetValueOrDefault(name) + (long)answer[i + 1];
            }
        }

        return sums;
    }

    // on Redis Cluster a call may touch one slot only; elsewhere a few large calls take less time than many small ones
    private IEnumerable<(ShardKeys Keys, int[] Places)[]> CallsOf((ShardKeys Keys, int[] Places)[] parts)
    {
        if (connection.Topology == RedisTopology.Cluster)
            return parts.Select(part => ((ShardKeys, int[])[])[part]);
        var calls = new List<List<(ShardKeys, int[] Places)>>();
        var room = 0;
        foreach (var part in parts)
        {
            if (calls.Count == 0 || room < part.Places.Length)
            {
                calls.Add([]);
                room = MaxNames;
            }

            calls[^1].Add(part);
            room -= part.Places.Length;
        }

        return calls.Select(call => call.ToArray());
    }
}
