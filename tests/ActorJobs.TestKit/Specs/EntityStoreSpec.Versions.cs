using ActorJobs.Actors.Stores;
using Xunit;

namespace ActorJobs.TestKit.Specs;

/// <summary>Expected versions, epochs, and what a refused member leaves behind: nothing.</summary>
public abstract partial class EntityStoreSpec
{
    [Fact]
    public async Task A_first_write_is_read_back()
    {
        var key = Key("a");

        await WrittenAsync(Change(key, 0, events: 2));

        var stored = await ReadAsync(key);
        Assert.NotNull(stored);
        Assert.Equal((key, 2L, 1), (stored.Key, stored.Version, stored.State.Schema));
        Assert.Equal("""{"version":2}""", Text(stored.State.Data));
        Assert.Null(stored.Lease);
    }

    [Fact]
    public async Task Events_without_a_state_leave_the_one_before_and_count_in_the_version()
    {
        await WrittenAsync(Change(Key("a"), 0, events: 2));

        await WrittenAsync(Change(Key("a"), 2, events: 3) with { State = null });
        Assert.Equal(WriteStatus.VersionConflict, (await WriteAsync(Change(Key("a"), 2) with { State = null })).Status);
        await WrittenAsync(Change(Key("a"), 5) with { State = null });

        var stored = await ReadAsync(Key("a"));
        Assert.Equal((6L, """{"version":2}"""), (stored!.Version, Text(stored.State.Data)));
        Assert.Equal([3L, 4, 5, 6], (await Store.ReadHistoryAsync(Key("a"), 2, 10, default)).Select(item => item.Version));
        await WrittenAsync(Change(Key("a"), 6));
        Assert.Equal("""{"version":7}""", Text((await ReadAsync(Key("a")))!.State.Data));
    }

    [Fact]
    public async Task A_first_write_of_an_entity_that_is_there_conflicts()
    {
        await WrittenAsync(Change(Key("a"), 0));

        Assert.Equal(WriteStatus.VersionConflict, (await WriteAsync(Change(Key("a"), 0, events: 2))).Status);

        Assert.Equal(1, (await ReadAsync(Key("a")))!.Version);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_change_that_expects_another_version_conflicts(long expected)
    {
        await WrittenAsync(Change(Key("a"), 0, events: 2));
        var write = Change(Key("a"), expected) with { Added = [new("list/x", 1)], ClaimedKey = "k", Lease = LeaseChange.Set, NewLease = Event("{}") };

        Assert.Equal(WriteStatus.VersionConflict, (await WriteAsync(write)).Status);

        var stored = await ReadAsync(Key("a"));
        Assert.Equal(2, stored!.Version);
        Assert.Null(stored.Lease);
        Assert.Equal(2, (await Store.ReadHistoryAsync(Key("a"), 0, 10, default)).Count);
        Assert.Equal(0, await CountAsync("list/x"));
        await WrittenAsync(Change(KeyOn(ShardOf(Key("a")), "other"), 0) with { ClaimedKey = "k" });
    }

    [Fact]
    public async Task A_change_of_an_entity_that_is_not_there_conflicts()
    {
        Assert.Equal(WriteStatus.VersionConflict, (await WriteAsync(Change(Key("a"), 1))).Status);

        Assert.Null(await ReadAsync(Key("a")));
        Assert.Empty(await Store.ReadHistoryAsync(Key("a"), 0, 10, default));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_lease_that_expects_another_version_conflicts(long expected)
    {
        await WrittenAsync(Change(Key("a"), 0, events: 2));

        Assert.Equal(WriteStatus.VersionConflict, (await WriteAsync(LeaseOnly(Key("a"), expected, "{}"))).Status);

        Assert.Null((await ReadAsync(Key("a")))!.Lease);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_lease_of_an_entity_that_is_not_there_conflicts(long expected)
    {
        Assert.Equal(WriteStatus.VersionConflict, (await WriteAsync(LeaseOnly(Key("a"), expected, "{}"))).Status);

        Assert.Null(await ReadAsync(Key("a")));
        Assert.Empty(await Store.ReadLeasedAsync(ShardOf(Key("a")), default));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_deletion_that_expects_another_version_conflicts(long expected)
    {
        await WrittenAsync(Change(Key("a"), 0, events: 2));

        Assert.Equal(WriteStatus.VersionConflict, (await WriteAsync(Deletion(Key("a"), expected))).Status);

        Assert.NotNull(await ReadAsync(Key("a")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_deletion_of_an_entity_that_is_not_there_conflicts(long expected) =>
        Assert.Equal(WriteStatus.VersionConflict, (await WriteAsync(Deletion(Key("a"), expected))).Status);

    [Fact]
    public async Task A_version_conflict_is_found_before_a_held_key()
    {
        var (holder, other) = (KeyOn(1, "h"), KeyOn(1, "o"));
        await WrittenAsync(Change(holder, 0) with { ClaimedKey = "k" }, Change(other, 0));

        Assert.Equal(WriteStatus.VersionConflict, (await WriteAsync(Change(other, 0) with { ClaimedKey = "k" })).Status);
    }

    [Fact]
    public async Task An_epoch_grows_with_each_owner_of_the_shard()
    {
        var second = await Store.AcquireShardAsync(2, "node-b", default);
        var third = await Store.AcquireShardAsync(2, "node-b", default);

        Assert.True(epochs[2] < second && second < third, $"{epochs[2]}, {second}, {third}");
    }

    [Fact]
    public async Task An_owner_that_raises_its_epoch_is_refused_with_the_former_one()
    {
        var key = KeyOn(1, "a");
        await WrittenAsync(Change(key, 0));

        var raised = await Store.FenceShardAsync(1, epochs[1], "node-a/1", default);

        Assert.True(raised > epochs[1], $"{raised} after {epochs[1]}");
        Assert.Equal(WriteStatus.StaleEpoch, (await WriteAsync(Change(key, 1))).Status);
        epochs[1] = raised.Value;
        await WrittenAsync(Change(key, 1));
    }

    [Fact]
    public async Task Raising_an_epoch_again_because_the_answer_was_lost_answers_the_same()
    {
        var raised = await Store.FenceShardAsync(1, epochs[1], "node-a/1", default);

        Assert.Equal(raised, await Store.FenceShardAsync(1, epochs[1], "node-a/1", default));
        Assert.Null(await Store.FenceShardAsync(1, epochs[1], "node-a/2", default));
    }

    [Fact]
    public async Task Only_its_owner_raises_a_shards_epoch()
    {
        var next = await Store.AcquireShardAsync(1, "node-b", default);

        Assert.Null(await Store.FenceShardAsync(1, epochs[1], "node-a/1", default));
        epochs[1] = next;
        await WrittenAsync(Change(KeyOn(1, "a"), 0));
    }

    [Fact]
    public async Task A_former_owner_is_refused_whatever_it_writes()
    {
        var (there, missing) = (KeyOn(1, "t"), KeyOn(1, "m"));
        await WrittenAsync(Change(there, 0));
        await Store.AcquireShardAsync(1, "node-b", default);

        var results = await Store.WriteAsync([Change(there, 1), Change(missing, 0)], default);
        var lease = await WriteAsync(LeaseOnly(there, 1, "{}"));
        var deletion = await WriteAsync(Deletion(there, 1));

        Assert.All([.. results, lease, deletion], result => Assert.Equal(WriteStatus.StaleEpoch, result.Status));
        Assert.Equal(1, (await ReadAsync(there))!.Version);
        Assert.Null(await ReadAsync(missing));
    }

    [Fact]
    public async Task A_stale_epoch_is_found_before_a_version_conflict()
    {
        await Store.AcquireShardAsync(ShardOf(Key("a")), "node-b", default);

        Assert.Equal(WriteStatus.StaleEpoch, (await WriteAsync(Change(Key("a"), 7))).Status);
    }

    [Fact]
    public async Task A_new_owner_goes_on_where_the_former_one_ended()
    {
        var key = KeyOn(1, "a");
        await WrittenAsync(Change(key, 0));
        epochs[1] = await Store.AcquireShardAsync(1, "node-b", default);

        await WrittenAsync(Change(key, 1));

        Assert.Equal(2, (await ReadAsync(key))!.Version);
    }
}
