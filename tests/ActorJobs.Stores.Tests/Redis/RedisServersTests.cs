using System.Globalization;
using ActorJobs.Actors.Stores;
using ActorJobs.TestKit.Redis;

namespace ActorJobs.Stores.Tests.Redis;

/// <summary>The ways in which servers are set up and found.</summary>
public sealed class RedisServersTests
{
    [Fact]
    public async Task A_fail_over_is_followed_by_asking_the_Sentinel()
    {
        await using var primary = await RedisServer.StartAsync();
        await using var replica = await RedisServer.StartAsync(string.Create(CultureInfo.InvariantCulture, $"replicaof 127.0.0.1 {primary.Port}"));
        await replica.UntilAsync(answer => answer.Contains("master_link_status:up", StringComparison.Ordinal), "INFO", "replication");
        await using var sentinel = await RedisServer.StartSentinelAsync("jobs", primary);
        await sentinel.UntilAsync(answer => answer.Contains("slaves=1", StringComparison.Ordinal), "INFO", "sentinel");
        await using var use = await StoreUse.OpenAsync(new() { Connection = sentinel.Address, Sentinel = "jobs", Replicas = 1, CallDeadline = TimeSpan.FromSeconds(1) });
        await use.WriteAsync(0);
        Assert.Equal("replicated(1)", use.Store.Durability);

        await primary.KillAsync();
        await StoreUse.WhenBackAsync(() => use.WriteAsync(1));
        await StoreUse.WhenBackAsync(async () => await use.Store.CountAsync("", default)); // reads have a connection of their own

        await use.IsAtAsync(2);
        Assert.Equal("everysec", use.Store.Durability); // nobody is left to confirm
        Assert.Contains("role:master", await replica.SayAsync("INFO", "replication"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_cluster_a_group_is_written_slot_by_slot_also_while_a_slot_moves()
    {
        await using var cluster = await RedisServerCluster.StartAsync();
        await using var use = await StoreUse.OpenAsync(new() { Connection = cluster.Addresses, CallDeadline = TimeSpan.FromSeconds(10) });
        await use.WriteAsync(0);
        await use.IsAtAsync(1);

        var slot = int.Parse(await cluster.Servers[0].SayAsync("CLUSTER", "KEYSLOT", "{0}"), CultureInfo.InvariantCulture);
        var before = await cluster.OwnerOfAsync(slot);
        Task<WriteStatus[]>? meanwhile = null;
        await cluster.MoveSlotAsync(slot, () =>
        {
            meanwhile ??= use.WriteAsync(1);
            return Task.CompletedTask;
        });

        Assert.NotSame(before, await cluster.OwnerOfAsync(slot));
        Assert.All(await meanwhile!, status => Assert.Equal(WriteStatus.Written, status));
        Assert.All(await use.WriteAsync(2), status => Assert.Equal(WriteStatus.Written, status));
        await use.IsAtAsync(3);
    }

    [Fact]
    public async Task A_cluster_does_not_wait_for_replicas_and_says_so()
    {
        await using var cluster = await RedisServerCluster.StartAsync();

        var refusal = await Assert.ThrowsAsync<StoreUnusableException>(() => StoreUse.OpenAsync(new() { Connection = cluster.Addresses, Replicas = 1 }));

        Assert.Contains("ActorJobs:Redis:Replicas", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_used_and_appears_in_no_message()
    {
        await using var server = await RedisServer.StartWithPasswordAsync("geheim");
        await using (var use = await StoreUse.OpenAsync(new() { Connection = server.Address + ",password=geheim" }))
            await use.WriteAsync(0);

        var refusal = await Assert.ThrowsAsync<StoreUnusableException>(() => StoreUse.OpenAsync(new() { Connection = server.Address + ",password=anders" }));

        Assert.DoesNotContain("anders", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_who_may_only_touch_the_own_keys_suffices()
    {
        await using var server = await RedisServer.StartWithPasswordAsync(
            "geheim", "user default on >geheim resetkeys ~aj:* resetchannels &* -@all +@read +@write +@scripting +@connection +info +time +cluster +echo +subscribe +unsubscribe +config|get");

        await using var use = await StoreUse.OpenAsync(new() { Connection = server.Address + ",password=geheim" });

        await use.WriteAsync(0);
        await use.IsAtAsync(1);
        Assert.Equal("everysec", use.Store.Durability);
        await Assert.ThrowsAsync<StoreUnusableException>(() => StoreUse.OpenAsync(new() { Connection = server.Address + ",password=geheim", Prefix = "other" }));
    }

    [Theory]
    [InlineData("everysec", "appendfsync everysec")]
    [InlineData("always", "appendfsync always")]
    [InlineData("os", "appendfsync no")]
    [InlineData("memory", "appendonly no")]
    public async Task Receipts_say_what_the_server_is_set_to(string level, string setting)
    {
        await using var server = await RedisServer.StartAsync(setting);
        await using var use = await StoreUse.OpenAsync(new() { Connection = server.Address });

        Assert.Equal(level, use.Store.Durability);
    }

    [Fact]
    public async Task Without_the_replicas_that_are_waited_for_a_group_is_written_and_receipts_say_the_lower_level()
    {
        await using var server = await RedisServer.StartAsync();
        await using var use = await StoreUse.OpenAsync(new() { Connection = server.Address, Replicas = 1, ReplicaDeadline = TimeSpan.FromMilliseconds(10) });

        Assert.All(await use.WriteAsync(0), status => Assert.Equal(WriteStatus.Written, status));

        Assert.Equal("everysec", use.Store.Durability);
    }

    [Fact]
    public async Task A_replica_that_has_caught_up_is_noticed_also_when_nothing_more_is_written()
    {
        await using var server = await RedisServer.StartAsync();
        await using var use = await StoreUse.OpenAsync(new() { Connection = server.Address, Replicas = 1, ReplicaDeadline = TimeSpan.FromMilliseconds(10) });
        await use.WriteAsync(0);
        Assert.Equal("everysec", use.Store.Durability);

        await using var replica = await RedisServer.StartAsync(string.Create(CultureInfo.InvariantCulture, $"replicaof 127.0.0.1 {server.Port}"));

        await StoreUse.UntilAsync(() => Task.FromResult(use.Store.Durability == "replicated(1)"));
    }
}
