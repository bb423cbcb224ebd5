using ActorJobs.Actors.Stores;
using Xunit;

namespace ActorJobs.TestKit.Specs;

/// <summary>Opening, closing, and what is there afterwards.</summary>
public abstract partial class EntityStoreSpec
{
    [Fact]
    public void The_store_says_how_durable_it_is() => Assert.Equal(durability, Store.Durability);

    [Fact]
    public async Task Another_number_of_shards_is_refused_with_both_numbers()
    {
        await Store.DisposeAsync();
        var other = home.Create();

        var refusal = await Assert.ThrowsAsync<StoreUnusableException>(async () => await other.OpenAsync(Shards + 1, default));

        Assert.Contains($"{Shards} shards", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"{Shards + 1}", refusal.Message, StringComparison.Ordinal);
        await other.DisposeAsync();
        await ReopenAsync();
    }

    [Fact]
    public async Task What_was_written_is_there_after_reopening()
    {
        var key = KeyOn(1, "a");
        await WrittenAsync(
            Change(key, 0, events: 2) with { Added = [new("list/x", 5, "v")], ClaimedKey = "k", Lease = LeaseChange.Set, NewLease = Event("1") });

        await Store.DisposeAsync();
        await ReopenAsync();

        var stored = await ReadAsync(key);
        Assert.Equal((2, "1"), (stored!.Version, Text(stored.Lease!.Data)));
        Assert.Equal(2, (await Store.ReadHistoryAsync(key, 0, 10, default)).Count);
        Assert.Equal([new(key, 5, "v")], await Store.ReadIndexAsync(new(1, "list/x", 10), default));
        Assert.Equal(1, await CountAsync("list/x"));
        Assert.Equal([key], await Store.ReadLeasedAsync(1, default));
        Assert.Equal(WriteStatus.KeyHeld, (await WriteAsync(Change(KeyOn(1, "b"), 0) with { ClaimedKey = "k" })).Status);
    }

    [Fact]
    public async Task Epochs_go_on_growing_after_reopening()
    {
        await Store.DisposeAsync();
        await ReopenAsync();

        Assert.True(await Store.AcquireShardAsync(1, "node-b", default) > epochs[1]);
        Assert.Equal(WriteStatus.StaleEpoch, (await WriteAsync(Change(KeyOn(1, "a"), 0))).Status);
    }

    private async Task ReopenAsync()
    {
        Store = home.Create();
        await Store.OpenAsync(Shards, default);
    }
}
