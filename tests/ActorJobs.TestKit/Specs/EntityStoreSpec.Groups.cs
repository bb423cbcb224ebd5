using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using Xunit;

namespace ActorJobs.TestKit.Specs;

/// <summary>Groups: members of several shards, each with its own answer, in order.</summary>
public abstract partial class EntityStoreSpec
{
    [Fact]
    public async Task Members_of_a_group_succeed_and_fail_alone_and_are_answered_in_order()
    {
        var (taken, moved, holder) = (KeyOn(0, "taken"), KeyOn(1, "moved"), KeyOn(2, "holder"));
        var (fresh, claimant, last) = (KeyOn(3, "fresh"), KeyOn(2, "claimant"), KeyOn(0, "last"));
        await WrittenAsync(Change(taken, 0), Change(holder, 0) with { ClaimedKey = "k" });
        await Store.AcquireShardAsync(1, "node-b", default);

        var results = await Store.WriteAsync(
            [Change(fresh, 0), Change(taken, 0), Change(moved, 0), Change(claimant, 0) with { ClaimedKey = "k" }, Change(last, 0)], default);

        Assert.Equal(
            [new(WriteStatus.Written), new(WriteStatus.VersionConflict), new(WriteStatus.StaleEpoch), new(WriteStatus.KeyHeld, holder.Id), new(WriteStatus.Written)],
            results);
        var stored = await Store.ReadAsync([fresh, taken, moved, claimant, last], default);
        Assert.Equal([1, 1, null, null, 1], stored.Select(entity => entity?.Version));
    }

    [Fact]
    public async Task A_key_given_up_by_an_earlier_member_can_be_taken_by_a_later_one()
    {
        var (former, next) = (KeyOn(2, "former"), KeyOn(2, "next"));
        await WrittenAsync(Change(former, 0) with { ClaimedKey = "k" });

        await WrittenAsync(Change(former, 1) with { ReleasedKey = "k" }, Change(next, 0) with { ClaimedKey = "k" });

        var late = KeyOn(2, "late");
        Assert.Equal(new WriteResult(WriteStatus.KeyHeld, next.Id), await WriteAsync(Change(late, 0) with { ClaimedKey = "k" }));
    }

    [Fact]
    public async Task Of_two_members_that_want_the_same_key_the_first_gets_it()
    {
        var (first, second) = (KeyOn(2, "first"), KeyOn(2, "second"));

        var results = await Store.WriteAsync([Change(first, 0) with { ClaimedKey = "k" }, Change(second, 0) with { ClaimedKey = "k" }], default);

        Assert.Equal([new(WriteStatus.Written), new(WriteStatus.KeyHeld, first.Id)], results);
    }

    [Fact]
    public async Task An_empty_group_is_answered_with_nothing() => Assert.Empty(await Store.WriteAsync([], default));

    [Fact]
    public async Task A_group_of_a_thousand_is_written_whole()
    {
        EntityKey[] keys = [.. Enumerable.Range(0, 1000).Select(i => Key($"bulk{i}"))];

        await WrittenAsync([.. keys.Select((key, i) => Change(key, 0) with { Added = [new("list/bulk", i)] })]);

        Assert.All(await Store.ReadAsync(keys, default), stored => Assert.Equal(1, stored!.Version));
        Assert.Equal(1000, await CountAsync("list/bulk"));
    }

    [Fact]
    public async Task Reading_answers_in_the_order_of_the_keys()
    {
        await WrittenAsync(Change(Key("b"), 0), Change(Key("a"), 0, events: 2));

        var stored = await Store.ReadAsync([Key("a"), Key("none"), Key("b"), Key("a")], default);

        Assert.Equal([2, null, 1, 2], stored.Select(entity => entity?.Version));
    }

    [Fact]
    public async Task What_is_unknown_is_read_as_nothing()
    {
        Assert.Null(await ReadAsync(Key("a", "no-kind")));
        Assert.Null(await ReadAsync(Key("none")));
        Assert.Empty(await Store.ReadAsync([], default));
        Assert.Empty(await Store.ReadHistoryAsync(Key("a", "no-kind"), 0, 10, default));
        Assert.Empty(await Store.ReadHistoryAsync(Key("none"), 0, 10, default));
        Assert.Empty(await Store.ReadIndexAsync(new IndexQuery(0, "no-index", 10), default));
        Assert.Empty(await Store.ReadLeasedAsync(0, default));
        Assert.Empty(await Store.CountAsync("no-index", default));
        Assert.Empty(await Store.CountAsync("", default));
    }
}
