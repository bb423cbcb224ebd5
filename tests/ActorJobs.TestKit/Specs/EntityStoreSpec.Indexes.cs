using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using Xunit;

namespace ActorJobs.TestKit.Specs;

/// <summary>Indexes: order, pages, moves, counts.</summary>
public abstract partial class EntityStoreSpec
{
    // by sort, then kind, then id, each by its UTF-8 bytes; in UTF-16 the last two ids would be the other way round
    private static readonly (string Kind, string Id, long Sort)[] Ordered =
    [
        ("b-kind", "x", -(1L << 53)), ("b-kind", "x", -7), ("b-kind", "x", 0), ("a-kind", "b", 5), ("a-kind", "c", 5), ("b-kind", "B", 5), ("b-kind", "a", 5),
        ("b-kind", "ä", 5), ("b-kind", "\uFF5E", 5), ("b-kind", "😀", 5), ("a-kind", "a", 6), ("c-kind", "a", 1L << 53),
    ];

    [Fact]
    public async Task Entries_are_in_the_order_of_sort_then_kind_then_id()
    {
        var shuffled = Ordered.ToArray();
        new Random(3).Shuffle(shuffled);
        await ListAsync(shuffled);

        Assert.Equal(Ordered, await PageAsync(new(Shard: 0, "list/x", 100)));
        Assert.Equal(Ordered.Reverse(), await PageAsync(new(Shard: 0, "list/x", 100) { Descending = true }));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(false, 5)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(true, 5)]
    public async Task Pages_follow_each_other_without_gap_or_repetition(bool descending, int limit)
    {
        await ListAsync(Ordered);
        var seen = new List<(string, string, long)>();
        IndexPosition? after = null;
        while (true)
        {
            var page = await Store.ReadIndexAsync(new(0, "list/x", limit) { Descending = descending, After = after }, default);
            if (page.Count == 0)
                break;
            Assert.True(page.Count <= limit);
            seen.AddRange(page.Select(entry => (entry.Key.Kind, Original(entry.Key.Id), entry.Sort)));
            after = new IndexPosition(page[^1].Sort, page[^1].Key);
        }

        Assert.Equal(descending ? Ordered.Reverse() : Ordered, seen);
    }

    [Theory]
    [InlineData(-8, 1)]
    [InlineData(4, 3)]
    [InlineData(5, 10)]
    [InlineData(1L << 53, 12)]
    public async Task A_page_ends_with_the_sort_it_is_limited_to(long upTo, int count)
    {
        await ListAsync(Ordered);

        Assert.Equal(Ordered.Take(count), await PageAsync(new(0, "list/x", 100) { UpTo = upTo }));
        Assert.Equal(
            Ordered.Reverse().TakeWhile(entry => entry.Sort >= upTo), await PageAsync(new(0, "list/x", 100) { UpTo = upTo, Descending = true }));
    }

    [Fact]
    public async Task A_page_can_begin_behind_a_place_where_nothing_is()
    {
        await ListAsync(Ordered);

        var after = new IndexPosition(5, Key("zzz", "a-kind"));

        Assert.Equal(Ordered[5..], await PageAsync(new(0, "list/x", 100) { After = after }));
        Assert.Equal(Ordered[..5].Reverse(), await PageAsync(new(0, "list/x", 100) { After = after, Descending = true }));
        Assert.Equal(Ordered[5..], await PageAsync(new(0, "list/x", 100) { After = new(5, Key("none", "b")) }));
    }

    [Fact]
    public async Task Both_ends_of_a_page_can_be_given()
    {
        await ListAsync(Ordered);

        Assert.Equal(Ordered[2..10], await PageAsync(new(0, "list/x", 100) { After = new(-7, Key(Placed("x"), "b-kind")), UpTo = 5 }));
        Assert.Equal(Ordered[2..4], await PageAsync(new(0, "list/x", 2) { After = new(-7, Key(Placed("x"), "b-kind")), UpTo = 5 }));
    }

    [Fact]
    public async Task The_due_index_brings_the_earliest_first()
    {
        var random = new Random(11);
        EntityKey[] keys = [.. KeysOn(1, "due", 200)];
        await WrittenAsync([.. keys.Select(key => Change(key, 0) with { Added = [new("due", random.NextInt64(1_900_000_000_000), "w")] })]);

        var due = await Store.ReadIndexAsync(new(1, "due", 50), default);

        var all = await Store.ReadIndexAsync(new(1, "due", 1000), default);
        Assert.Equal(200, all.Count);
        Assert.Equal(all.Select(entry => entry.Sort).Order(), all.Select(entry => entry.Sort));
        Assert.Equal(all.Take(50), due);
    }

    [Fact]
    public async Task Indexes_of_shards_are_apart_and_counts_are_over_all()
    {
        await WrittenAsync(
            Change(KeyOn(0, "a"), 0) with { Added = [new("list/x", 1)] }, Change(KeyOn(1, "b"), 0) with { Added = [new("list/x", 1)] });

        Assert.Equal([KeyOn(0, "a").Id], await PageIdsAsync(new(0, "list/x", 10)));
        Assert.Equal([KeyOn(1, "b").Id], await PageIdsAsync(new(1, "list/x", 10)));
        Assert.Equal(2, await CountAsync("list/x"));
    }

    [Fact]
    public async Task An_entry_moves_in_one_write()
    {
        await WrittenAsync(Change(Key("a"), 0) with { Added = [new("list/x", 1, "old"), new("list/y", 1)] });

        await WrittenAsync(Change(Key("a"), 1) with { Removed = [new("list/x", 1, "old"), new("list/y", 1)], Added = [new("list/x", 1, "new"), new("list/z", 9)] });

        Assert.Equal([new(Key("a"), 1, "new")], await Store.ReadIndexAsync(new(ShardOf(Key("a")), "list/x", 10), default));
        Assert.Equal(
            [("list/x", 1), ("list/z", 1)],
            (await Store.CountAsync("list/", default)).Where(count => count.Value != 0).Select(count => (count.Key, count.Value)).Order());
    }

    [Fact]
    public async Task Adding_what_is_there_and_removing_what_is_not_changes_no_count()
    {
        await WrittenAsync(Change(Key("a"), 0) with { Added = [new("list/x", 1)] });

        await WrittenAsync(Change(Key("a"), 1) with { Removed = [new("list/x", 2), new("list/y", 1)], Added = [new("list/x", 1)] });

        Assert.Equal((1, 0), (await CountAsync("list/x"), await CountAsync("list/y")));
    }

    [Fact]
    public async Task Counts_are_those_of_the_indexes_whose_names_begin_with_the_prefix()
    {
        string[] indexes = ["list/", "list/a", "list/ä", "list/😀", "list/\uFFFD", "list/\U0010FFFD", "lisu/a", "lis", "other/list/a"];
        await WrittenAsync(Change(Key("a"), 0) with { Added = [.. indexes.Select(index => new IndexEntry(index, 1))] });

        var counts = await Store.CountAsync("list/", default);

        Assert.Equal(indexes[..6].Order(StringComparer.Ordinal), counts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(indexes.Length, (await Store.CountAsync("", default)).Count(count => count.Value == 1));
    }

    // All on shard 0: an id that hashes elsewhere gets a tail. Tails sort behind the tab, so that the order of the ids without them is kept.
    private async Task ListAsync(IEnumerable<(string Kind, string Id, long Sort)> entries)
    {
        foreach (var entity in entries.GroupBy(entry => Key(Placed(entry.Id), entry.Kind)))
            await WrittenAsync(Change(entity.Key, 0) with { Added = [.. entity.Select(entry => new IndexEntry("list/x", entry.Sort))] });
    }

    private async Task<(string, string, long)[]> PageAsync(IndexQuery query) =>
        [.. (await Store.ReadIndexAsync(query, default)).Select(entry => (entry.Key.Kind, Original(entry.Key.Id), entry.Sort))];

    private static string Placed(string id) =>
        Enumerable.Range(0, 1000).Select(i => $"{id}\t{i}").First(placed => ShardHash.Of(placed, Shards) == 0);

    private static string Original(string placed) => placed.Split('\t')[0];
}
