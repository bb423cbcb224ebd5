using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Stores.Tests.Processes;

namespace ActorJobs.Stores.Tests.Sqlite;

/// <summary>Groups that fail half-way.</summary>
public sealed class SqliteRollbackTests : IAsyncDisposable
{
    private readonly SqlitePlace place = new();

    [Fact]
    public async Task A_group_that_fails_half_way_leaves_nothing_and_the_next_one_is_written()
    {
        await using var store = place.Create();
        await store.OpenAsync(PairedEntity.Shards, default);
        long[] epochs = [await store.AcquireShardAsync(0, "node", default), await store.AcquireShardAsync(1, "node", default)];
        var (first, second) = (PairedEntity.Write(0, 0, epochs), PairedEntity.Write(1, 0, epochs));
        var broken = second with { Events = [null!] };
        for (var attempt = 0; attempt < 3; attempt++)
            await Assert.ThrowsAnyAsync<Exception>(async () => await store.WriteAsync([first, broken], default));
        Assert.Empty(await store.CountAsync("", default));
        Assert.Equal([null, null], await store.ReadAsync([first.Key, second.Key], default));

        var results = await store.WriteAsync([first, second], default);

        Assert.All(results, result => Assert.Equal(WriteStatus.Written, result.Status));
        Assert.Equal([1, 1], (await store.ReadAsync([first.Key, second.Key], default)).Select(stored => stored?.Version ?? 0));
        Assert.Single(await store.ReadHistoryAsync(second.Key, 0, 10, default));
        Assert.Equal(2, (await store.CountAsync("lane/", default)).Values.Sum());
        Assert.Equal(1, Assert.Single(await store.ReadIndexAsync(new(ShardHash.Of("p1", 2), "lane/2", 10), default)).Sort);
    }

    public ValueTask DisposeAsync() => place.DisposeAsync();
}
