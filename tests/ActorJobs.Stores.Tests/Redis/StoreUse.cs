using System.Diagnostics;
using System.Text;
using ActorJobs.Actors.Stores;
using ActorJobs.Redis;
using ActorJobs.Stores.Tests.Processes;

namespace ActorJobs.Stores.Tests.Redis;

/// <summary>A store under test with its epochs, and writes whose content follows from number and version.</summary>
internal sealed class StoreUse(RedisEntityStore store) : IAsyncDisposable
{
    private readonly long[] epochs = new long[PairedEntity.Shards];

    public RedisEntityStore Store => store;

    public static async Task<StoreUse> OpenAsync(RedisStoreOptions options)
    {
        var use = new StoreUse(new RedisEntityStore(options));
        await use.Store.OpenAsync(PairedEntity.Shards, default);
        for (var shard = 0; shard < PairedEntity.Shards; shard++)
            use.epochs[shard] = await use.Store.AcquireShardAsync(shard, "node", default);
        return use;
    }

    /// <summary>Leads all entities from a version to the next.</summary>
    public async Task<WriteStatus[]> WriteAsync(long version) =>
        [.. (await store.WriteAsync([.. Enumerable.Range(0, PairedEntity.AllKeys.Count).Select(number => PairedEntity.Write(number, version, epochs))], default)).Select(result => result.Status)];

    /// <summary>Leads one entity of a shard from a version to the next.</summary>
    public async Task<WriteStatus> WriteOneAsync(int shard, long version, long epoch)
    {
        var number = Enumerable.Range(0, PairedEntity.AllKeys.Count).First(number => PairedEntity.Write(number, version, epochs).Shard == shard);
        return (await store.WriteAsync([PairedEntity.Write(number, version, epochs) with { Epoch = epoch }], default))[0].Status;
    }

    /// <summary>Looks until it is so; a store that does not answer is asked again.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await WhenBackAsync(isSo))
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(20), "It never is so.");
            await Task.Delay(20);
        }
    }

    /// <summary>Tries until the store answers; what it answers then.</summary>
    public static async Task<TResult> WhenBackAsync<TResult>(Func<Task<TResult>> call)
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await call();
            }
            catch (RedisUnavailableException) when (Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(20))
            {
                await Task.Delay(20);
            }
        }
    }

    /// <summary>All entities are at a version, whole.</summary>
    public async Task IsAtAsync(long version)
    {
        var stored = await store.ReadAsync(PairedEntity.AllKeys, default);
        Assert.All(stored.Index(), item => Assert.Equal(PairedEntity.Content(item.Index, version), Encoding.UTF8.GetString(item.Item!.State.Data.Span)));
        foreach (var (number, key) in PairedEntity.AllKeys.Index())
        {
            var history = await store.ReadHistoryAsync(key, 0, 1000, default);
            Assert.Equal(
                Enumerable.Range(1, (int)version).Select(at => PairedEntity.Content(number, at)), history.Select(item => Encoding.UTF8.GetString(item.Event.Data.Span)));
        }

        Assert.Equal(PairedEntity.AllKeys.Count, (await store.CountAsync("lane/", default)).Values.Sum());
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
