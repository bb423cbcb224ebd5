using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using Xunit;

namespace ActorJobs.TestKit.Specs;

/// <summary>Histories, leases, deletion.</summary>
public abstract partial class EntityStoreSpec
{
    [Fact]
    public async Task A_history_has_every_event_in_order_without_a_gap()
    {
        var key = Key("a");
        for (var version = 0; version < 30; version += 3)
            await WrittenAsync(Change(key, version, events: 3));

        var history = await Store.ReadHistoryAsync(key, 0, 100, default);

        Assert.Equal(Enumerable.Range(1, 30).Select(i => (long)i), history.Select(item => item.Version));
        Assert.Equal(Enumerable.Range(1, 30).Select(i => $$"""{"n":{{i}}}"""), history.Select(item => Text(item.Event.Data)));
        Assert.All(history, item => Assert.Equal(("thing.changed.v1", At), (item.Event.Type, item.Event.At)));
    }

    [Theory]
    [InlineData(0, 4, 1, 4)]
    [InlineData(4, 4, 5, 8)]
    [InlineData(8, 4, 9, 10)]
    public async Task A_history_is_read_in_pages(long after, int limit, int first, int last)
    {
        await WrittenAsync(Change(Key("a"), 0, events: 10), Change(Key("b"), 0, events: 10));

        var page = await Store.ReadHistoryAsync(Key("a"), after, limit, default);

        Assert.Equal(Enumerable.Range(first, last - first + 1).Select(i => (long)i), page.Select(item => item.Version));
    }

    [Fact]
    public async Task Behind_the_end_of_a_history_is_nothing()
    {
        await WrittenAsync(Change(Key("a"), 0, events: 10));

        Assert.Empty(await Store.ReadHistoryAsync(Key("a"), 10, 4, default));
        Assert.Empty(await Store.ReadHistoryAsync(Key("a"), 99, 4, default));
    }

    [Fact]
    public async Task Events_keep_their_types_and_times()
    {
        var write = Change(Key("a"), 0) with
        {
            Events = [new("first.v1", At, "{}"u8.ToArray()), new("second.v2", At.AddYears(-100), "[]"u8.ToArray())],
        };

        await WrittenAsync(write);

        var history = await Store.ReadHistoryAsync(Key("a"), 0, 10, default);
        Assert.Equal([("first.v1", At, "{}"), ("second.v2", At.AddYears(-100), "[]")], history.Select(item => (item.Event.Type, item.Event.At, Text(item.Event.Data))));
    }

    [Fact]
    public async Task A_lease_is_set_replaced_kept_and_cleared()
    {
        var key = Key("a");
        await WrittenAsync(Change(key, 0));

        await WrittenAsync(LeaseOnly(key, 1, "1"));
        Assert.Equal("1", Text((await ReadAsync(key))!.Lease!.Data));

        await WrittenAsync(LeaseOnly(key, 1, "2"));
        Assert.Equal(("2", "thing.leased.v1", At), (await ReadAsync(key))!.Lease is { } lease ? (Text(lease.Data), lease.Type, lease.At) : default);

        await WrittenAsync(Change(key, 1));
        Assert.Equal("2", Text((await ReadAsync(key))!.Lease!.Data));

        await WrittenAsync(Change(key, 2) with { Lease = LeaseChange.Clear });
        var stored = await ReadAsync(key);
        Assert.Null(stored!.Lease);
        Assert.Equal(3, stored.Version);
    }

    [Fact]
    public async Task A_lease_changes_neither_version_nor_state_nor_history()
    {
        await WrittenAsync(Change(Key("a"), 0));

        await WrittenAsync(LeaseOnly(Key("a"), 1, "1") with { Added = [new("list/leased", 1)] });

        var stored = await ReadAsync(Key("a"));
        Assert.Equal((1, """{"version":1}"""), (stored!.Version, Text(stored.State.Data)));
        Assert.Single(await Store.ReadHistoryAsync(Key("a"), 0, 10, default));
        Assert.Equal(1, await CountAsync("list/leased"));
    }

    [Fact]
    public async Task A_lease_can_come_with_events()
    {
        await WrittenAsync(Change(Key("a"), 0) with { Lease = LeaseChange.Set, NewLease = Event("1") });

        var stored = await ReadAsync(Key("a"));
        Assert.Equal((1, "1"), (stored!.Version, Text(stored.Lease!.Data)));
    }

    [Fact]
    public async Task A_shard_lists_its_entities_with_a_lease()
    {
        EntityKey[] keys = [.. KeysOn(1, "leased", 5)];
        var elsewhere = KeyOn(2, "leased");
        await WrittenAsync([.. keys.Append(elsewhere).Select(key => Change(key, 0) with { Lease = LeaseChange.Set, NewLease = Event("1") })]);
        await WrittenAsync(Change(keys[0], 1) with { Lease = LeaseChange.Clear }, Deletion(keys[1], 1));

        Assert.Equal(keys[2..], (await Store.ReadLeasedAsync(1, default)).OrderBy(key => key.Id, StringComparer.Ordinal));
        Assert.Equal([elsewhere], await Store.ReadLeasedAsync(2, default));
    }

    [Fact]
    public async Task Deletion_removes_everything_of_the_entity_and_nothing_else()
    {
        var (gone, stays) = (KeyOn(1, "gone"), KeyOn(1, "stays"));
        IndexEntry[] entries = [new("list/a", 1), new("due", 5, "d")];
        EntityWrite Full(EntityKey key, string unique) =>
            Change(key, 0, events: 3) with { Added = entries, ClaimedKey = unique, Lease = LeaseChange.Set, NewLease = Event("1") };
        await WrittenAsync(Full(gone, "k1"), Full(stays, "k2"));

        await WrittenAsync(Deletion(gone, 3) with { Removed = entries, ReleasedKey = "k1" });

        Assert.Null(await ReadAsync(gone));
        Assert.Empty(await Store.ReadHistoryAsync(gone, 0, 10, default));
        Assert.Equal([stays], await Store.ReadLeasedAsync(1, default));
        Assert.Equal((1, 1), (await CountAsync("list/a"), await CountAsync("due")));
        Assert.Equal([stays.Id], await PageIdsAsync(new(1, "list/a", 10)));
        Assert.Equal(3, (await Store.ReadHistoryAsync(stays, 0, 10, default)).Count);
        var next = KeyOn(1, "next");
        Assert.Equal(WriteStatus.KeyHeld, (await WriteAsync(Change(next, 0) with { ClaimedKey = "k2" })).Status);
        await WrittenAsync(Change(next, 0) with { ClaimedKey = "k1" });
    }

    [Fact]
    public async Task A_deleted_entity_can_begin_anew()
    {
        await WrittenAsync(Change(Key("a"), 0, events: 3));
        await WrittenAsync(Deletion(Key("a"), 3));

        await WrittenAsync(Change(Key("a"), 0));

        Assert.Equal(1, (await ReadAsync(Key("a")))!.Version);
        Assert.Equal(1, Assert.Single(await Store.ReadHistoryAsync(Key("a"), 0, 10, default)).Version);
    }
}
