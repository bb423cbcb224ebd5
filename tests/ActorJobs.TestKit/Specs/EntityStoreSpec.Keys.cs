using ActorJobs.Actors.Stores;
using Xunit;

namespace ActorJobs.TestKit.Specs;

/// <summary>Unique keys, unusual names, large and empty contents.</summary>
public abstract partial class EntityStoreSpec
{
    [Fact]
    public async Task A_held_key_refuses_the_whole_write_and_names_the_holder()
    {
        var (holder, other) = (KeyOn(1, "holder"), KeyOn(1, "other"));
        await WrittenAsync(Change(holder, 0) with { ClaimedKey = "k" });

        var result = await WriteAsync(Change(other, 0) with { ClaimedKey = "k", Added = [new("list/x", 1)] });

        Assert.Equal(new WriteResult(WriteStatus.KeyHeld, holder.Id), result);
        Assert.Null(await ReadAsync(other));
        Assert.Equal(0, await CountAsync("list/x"));
    }

    [Fact]
    public async Task The_same_id_of_another_kind_is_another_holder()
    {
        var (holder, other) = (KeyOn(1, "same"), KeyOn(1, "same", "other-kind"));
        await WrittenAsync(Change(holder, 0) with { ClaimedKey = "k" });

        Assert.Equal(WriteStatus.KeyHeld, (await WriteAsync(Change(other, 0) with { ClaimedKey = "k" })).Status);
    }

    [Fact]
    public async Task A_holder_may_claim_its_key_again()
    {
        var holder = KeyOn(1, "holder");
        await WrittenAsync(Change(holder, 0) with { ClaimedKey = "k" });

        await WrittenAsync(Change(holder, 1) with { ClaimedKey = "k" });

        Assert.Equal(WriteStatus.KeyHeld, (await WriteAsync(Change(KeyOn(1, "other"), 0) with { ClaimedKey = "k" })).Status);
    }

    [Fact]
    public async Task A_released_key_is_free()
    {
        var (holder, other) = (KeyOn(1, "holder"), KeyOn(1, "other"));
        await WrittenAsync(Change(holder, 0) with { ClaimedKey = "k" });

        await WrittenAsync(Change(holder, 1) with { ReleasedKey = "k", ClaimedKey = "k2" });

        await WrittenAsync(Change(other, 0) with { ClaimedKey = "k" });
        Assert.Equal(new WriteResult(WriteStatus.KeyHeld, holder.Id), await WriteAsync(Change(other, 1) with { ClaimedKey = "k2" }));
    }

    [Fact]
    public async Task A_key_is_released_only_by_its_holder()
    {
        var (holder, other, third) = (KeyOn(1, "holder"), KeyOn(1, "other"), KeyOn(1, "third"));
        await WrittenAsync(Change(holder, 0) with { ClaimedKey = "k" });

        await WrittenAsync(Change(other, 0) with { ReleasedKey = "k" });

        Assert.Equal(new WriteResult(WriteStatus.KeyHeld, holder.Id), await WriteAsync(Change(third, 0) with { ClaimedKey = "k" }));
    }

    [Fact]
    public async Task A_key_is_unique_within_its_shard() =>
        await WrittenAsync(Change(KeyOn(1, "a"), 0) with { ClaimedKey = "k" }, Change(KeyOn(2, "a"), 0) with { ClaimedKey = "k" });

    [Fact]
    public async Task A_conflict_releases_no_key()
    {
        var (holder, other) = (KeyOn(1, "holder"), KeyOn(1, "other"));
        await WrittenAsync(Change(holder, 0) with { ClaimedKey = "k" });

        Assert.Equal(WriteStatus.VersionConflict, (await WriteAsync(Change(holder, 5) with { ReleasedKey = "k" })).Status);

        Assert.Equal(WriteStatus.KeyHeld, (await WriteAsync(Change(other, 0) with { ClaimedKey = "k" })).Status);
    }

    public static TheoryData<string> UnusualNames =>
    [
        "with space", "tab\there", "line\nbreak", "a:b", "a/b", "{a}", "a'b\"c", "%_*?[]", "\\", "-", "0", "ümläut", "日本語", "ж", "😀", "\u00e9", "e\u0301",
        "\uFF5E", "\U0010FFFF", "nul\0inside", "A", "a", new string('x', 200),
    ];

    [Theory]
    [MemberData(nameof(UnusualNames))]
    public async Task Any_text_is_a_good_name_for_anything(string name)
    {
        var key = Key(name, "kind " + name);
        var write = Change(key, 0) with
        {
            Events = [Event("1", "type " + name)],
            Added = [new("index " + name, 1, "value " + name)],
            ClaimedKey = "key " + name,
            Lease = LeaseChange.Set,
            NewLease = Event("1", "lease " + name),
        };

        await WrittenAsync(write);

        var stored = await ReadAsync(key);
        Assert.Equal((key, "lease " + name), (stored!.Key, stored.Lease!.Type));
        Assert.Equal("type " + name, Assert.Single(await Store.ReadHistoryAsync(key, 0, 10, default)).Event.Type);
        Assert.Equal([new StoredEntry(key, 1, "value " + name)], await Store.ReadIndexAsync(new(ShardOf(key), "index " + name, 10), default));
        Assert.Equal(1, await CountAsync("index " + name));
        Assert.Equal([key], await Store.ReadLeasedAsync(ShardOf(key), default));
        var held = await WriteAsync(Change(KeyOn(ShardOf(key), "other"), 0) with { ClaimedKey = "key " + name });
        Assert.Equal(new WriteResult(WriteStatus.KeyHeld, name), held);
    }

    [Fact]
    public async Task Names_that_look_alike_are_not_the_same()
    {
        string[] names = [.. UnusualNames.Select(row => row.Data), "nul", "nul\0", "nul\0outside", "WITH SPACE", "with space ", " with space"];

        await WrittenAsync([.. names.Select(name => Change(Key(name), 0) with { Added = [new("list/names", 1)] })]);

        Assert.Equal(names.Length, await CountAsync("list/names"));
        var stored = await Store.ReadAsync([.. names.Select(name => Key(name))], default);
        Assert.Equal(names, stored.Select(entity => entity!.Key.Id));
        Assert.All(stored, entity => Assert.Equal(1, entity!.Version));
    }

    [Fact]
    public async Task Four_megabytes_are_stored_as_given()
    {
        var bytes = new byte[4 << 20];
        new Random(7).NextBytes(bytes);

        await WrittenAsync(Change(Key("a"), 0) with { State = new EncodedState(3, bytes), Events = [new("t", At, bytes)], Lease = LeaseChange.Set, NewLease = new("l", At, bytes) });

        var stored = await ReadAsync(Key("a"));
        Assert.Equal(3, stored!.State.Schema);
        Assert.True(stored.State.Data.Span.SequenceEqual(bytes));
        Assert.True(stored.Lease!.Data.Span.SequenceEqual(bytes));
        Assert.True(Assert.Single(await Store.ReadHistoryAsync(Key("a"), 0, 1, default)).Event.Data.Span.SequenceEqual(bytes));
    }

    [Fact]
    public async Task Nothing_at_all_is_stored_as_given()
    {
        await WrittenAsync(Change(Key("a"), 0) with { State = State(""), Events = [Event("")], Added = [new("list/a", 0, ""), new("list/b", 0)] });

        Assert.Equal(0, (await ReadAsync(Key("a")))!.State.Data.Length);
        Assert.Equal(0, Assert.Single(await Store.ReadHistoryAsync(Key("a"), 0, 1, default)).Event.Data.Length);
        Assert.Equal("", Assert.Single(await Store.ReadIndexAsync(new(ShardOf(Key("a")), "list/a", 1), default)).Value);
        Assert.Null(Assert.Single(await Store.ReadIndexAsync(new(ShardOf(Key("a")), "list/b", 1), default)).Value);
    }
}
