using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Actors.Stores.Memory;

namespace ActorJobs.Actors.Tests.Stores;

/// <summary>Indexes of many shards read as one list.</summary>
public sealed class MergedIndexTests : IAsyncLifetime
{
    private const int Shards = 150; // more than are read at once

    private readonly MemoryEntityStore store = new();
    private readonly Dictionary<int, long> epochs = [];

    public async ValueTask InitializeAsync()
    {
        await store.OpenAsync(Shards, default);
        for (var shard = 0; shard < Shards; shard++)
            epochs[shard] = await store.AcquireShardAsync(shard, "here", default);
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Its_pages_put_together_are_every_entry_of_every_shard_once_in_order(bool descending)
    {
        // 400 entries with 40 sorts between them, so that places are told apart by their ids, too
        await WriteAsync("a", Enumerable.Range(0, 400).Select(number => ($"e{number:000}", (long)(number * 7 % 40))));
        var places = Enumerable.Range(0, 400).Select(number => (Sort: (long)(number * 7 % 40), Id: $"e{number:000}")).Order();

        var read = await PagesAsync(new MergedQuery(["a"], 37) { Descending = descending });

        Assert.Equal(descending ? places.Reverse() : places, read);
    }

    [Fact]
    public async Task Several_indexes_are_one_list()
    {
        await WriteAsync("a", [("one", 1), ("four", 4), ("five", 5)]);
        await WriteAsync("b", [("two", 2), ("three", 3), ("six", 6)]);
        await WriteAsync("c", [("none", 1)]);

        var read = await MergedIndex.ReadAsync(store, Shards, new MergedQuery(["a", "b"], 4), default);

        Assert.Equal(["one", "two", "three", "four"], read.Select(entry => entry.Key.Id));
    }

    [Fact]
    public async Task Equal_sorts_are_in_the_order_in_which_stores_have_them()
    {
        // in UTF-16 the second is before the first, in UTF-8 behind it; each store pages by UTF-8
        await WriteAsync("a", [("\uFF01", 0), ("\U0001F600", 0)]);

        Assert.Equal([(0, "\uFF01"), (0, "\U0001F600")], await PagesAsync(new MergedQuery(["a"], 1)));
    }

    [Fact]
    public async Task Nothing_is_an_empty_page() =>
        Assert.Empty(await MergedIndex.ReadAsync(store, Shards, new MergedQuery(["a"], 10), default));

    private async Task<IReadOnlyList<(long Sort, string Id)>> PagesAsync(MergedQuery query)
    {
        var read = new List<(long, string)>();
        while (true)
        {
            var page = await MergedIndex.ReadAsync(store, Shards, query, default);
            read.AddRange(page.Select(entry => (entry.Sort, entry.Key.Id)));
            if (page.Count < query.Limit)
                return read;
            query = query with { After = new IndexPosition(page[^1].Sort, page[^1].Key) };
        }
    }

    private async Task WriteAsync(string index, IEnumerable<(string Id, long Sort)> entries)
    {
        var written = await store.WriteAsync([.. entries.Select(entry => Write(new EntityKey("k", entry.Id), new IndexEntry(index, entry.Sort)))], default);
        Assert.All(written, result => Assert.Equal(WriteStatus.Written, result.Status));
    }

    private EntityWrite Write(EntityKey key, IndexEntry entry) => new()
    {
        Key = key,
        Shard = ShardHash.Of(key.Id, Shards),
        Epoch = epochs[ShardHash.Of(key.Id, Shards)],
        ExpectedVersion = 0,
        Events = [new EncodedEvent("happened", DateTimeOffset.UnixEpoch, default)],
        State = new EncodedState(1, default),
        Added = [entry],
    };
}
