using System.Diagnostics;
using ActorJobs.Actors.Stores;
using ActorJobs.Redis;
using ActorJobs.TestKit.Redis;

namespace ActorJobs.Stores.Tests.Redis;

/// <summary>A Redis that goes away and comes back: calls fail within their deadline meanwhile, and work again by themselves.</summary>
public sealed class RedisOutageTests : IAsyncLifetime
{
    private static readonly TimeSpan CallDeadline = TimeSpan.FromMilliseconds(500);

    private RedisServer server = null!;
    private StoreUse use = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RedisServer.StartAsync("appendfsync always");
        use = await StoreUse.OpenAsync(new() { Connection = server.Address, CallDeadline = CallDeadline });
        await use.WriteAsync(0);
    }

    [Fact]
    public async Task After_a_kill_and_a_restart_the_same_store_goes_on_and_has_lost_nothing()
    {
        for (var round = 1; round < 4; round++)
        {
            await server.KillAsync();
            await FailsInTimeAsync(async () => await use.Store.ReadAsync(Processes.PairedEntity.AllKeys, default));
            await server.RestartAsync();

            await StoreUse.WhenBackAsync(async () => await use.Store.CountAsync("", default));
            await use.IsAtAsync(round);
            Assert.All(await use.WriteAsync(round), status => Assert.Equal(WriteStatus.Written, status));
        }
    }

    [Fact]
    public async Task A_server_that_was_restarted_may_have_gone_back_in_time_and_the_store_says_so_once()
    {
        var before = use.Store.Generation;
        await server.KillAsync();
        await server.RestartAsync();

        await StoreUse.UntilAsync(async () =>
        {
            await use.Store.CountAsync("", default);
            return use.Store.Generation != before;
        });
        var after = use.Store.Generation;
        await use.IsAtAsync(1);

        Assert.Equal(after, use.Store.Generation);
    }

    [Fact]
    public async Task A_server_that_has_forgotten_an_owner_refuses_it_and_gives_its_epoch_to_nobody()
    {
        var forgotten = await use.Store.AcquireShardAsync(0, "forgotten", default);
        await server.SayAsync("HSET", "aj:{0}:entities", "epoch", "7", "owner", "before");

        Assert.Equal(WriteStatus.StaleEpoch, await use.WriteOneAsync(shard: 0, version: 1, forgotten));
        var next = await use.Store.AcquireShardAsync(0, "next", default);

        Assert.True(next > forgotten, $"{next} after {forgotten}");
        Assert.Equal(WriteStatus.StaleEpoch, await use.WriteOneAsync(shard: 0, version: 1, forgotten));
        Assert.Equal(WriteStatus.Written, await use.WriteOneAsync(shard: 0, version: 1, next));
    }

    [Fact]
    public async Task While_it_is_paused_calls_fail_in_time_and_what_they_wrote_is_there_or_not_whole()
    {
        server.Pause();
        await FailsInTimeAsync(() => use.WriteAsync(1));
        await FailsInTimeAsync(async () => await use.Store.CountAsync("", default));
        server.Resume();

        await StoreUse.WhenBackAsync(async () => await use.Store.CountAsync("", default));
        var found = (await use.Store.ReadAsync(Processes.PairedEntity.AllKeys, default)).Select(entity => entity!.Version).Distinct();
        var version = Assert.Single(found);
        await use.IsAtAsync(version);
        Assert.All(await use.WriteAsync(version), status => Assert.Equal(WriteStatus.Written, status));
    }

    [Fact]
    public async Task A_server_that_has_forgotten_the_scripts_is_told_them_again()
    {
        Assert.Equal("OK", await server.SayAsync("SCRIPT", "FLUSH"));

        Assert.All(await use.WriteAsync(1), status => Assert.Equal(WriteStatus.Written, status));
        await use.IsAtAsync(2);
        Assert.StartsWith("0", await server.SayAsync("SCRIPT", "EXISTS", new string('0', 40)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_server_refuses_the_whole_group_and_takes_it_when_it_has_room()
    {
        await server.SayAsync("CONFIG", "SET", "maxmemory", "1");
        var refusal = await Assert.ThrowsAsync<RedisUnavailableException>(() => use.WriteAsync(1));
        Assert.Contains("OOM", refusal.Message, StringComparison.Ordinal);
        await use.IsAtAsync(1);

        await server.SayAsync("CONFIG", "SET", "maxmemory", "0");
        await use.WriteAsync(1);
        await use.IsAtAsync(2);
    }

    public async ValueTask DisposeAsync()
    {
        await use.DisposeAsync();
        await server.DisposeAsync();
    }

    private static async Task FailsInTimeAsync(Func<Task> call)
    {
        var begun = Stopwatch.GetTimestamp();
        // the kind that the front door answers 503 to
        Assert.IsType<IOException>(await Assert.ThrowsAnyAsync<IOException>(call), exactMatch: false);
        Assert.True(Stopwatch.GetElapsedTime(begun) < CallDeadline * 4, "The call did not keep its deadline.");
    }
}
