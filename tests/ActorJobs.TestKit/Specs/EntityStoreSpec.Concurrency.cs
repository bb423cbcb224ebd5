using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using Xunit;

namespace ActorJobs.TestKit.Specs;

/// <summary>Readers beside a writer: what one call answers is of one moment, between two groups.</summary>
public abstract partial class EntityStoreSpec
{
    private const int Movers = 24;
    private const int Rounds = 150;

    [Fact]
    public async Task Readers_never_see_an_entity_in_two_lists_or_in_none()
    {
        EntityKey[] keys = [.. KeysOn(1, "mover", Movers)];
        var shuttle = keys.Select((key, i) => new Mover(key, i)).ToArray();
        await WrittenAsync([.. shuttle.Select(mover => mover.First(Change(mover.Key, 0)))]);
        using var done = new CancellationTokenSource();

        Task[] readers = [.. new Func<Task>[] { CountsAsync, PositionsAsync, StatesAsync, HistoryAsync }.Select(look => Task.Run(() => UntilAsync(look, done.Token)))];
        for (var round = 0; round < Rounds; round++)
            await WrittenAsync([.. shuttle.Select(mover => mover.Next(Change(mover.Key, mover.Version, events: 2)))]);
        await done.CancelAsync();
        await Task.WhenAll(readers);

        async Task CountsAsync() => Assert.Equal(Movers, (await Store.CountAsync("lane/", default)).Values.Sum());

        async Task PositionsAsync()
        {
            var page = await Store.ReadIndexAsync(new(1, "position", 10 * Movers), default);
            Assert.Equal(keys.Select(key => key.Id), page.Select(entry => entry.Key.Id).Order(StringComparer.Ordinal));
        }

        async Task StatesAsync()
        {
            // the state tells its version; version and state are of the same write
            foreach (var stored in await Store.ReadAsync(keys, default))
                Assert.Equal($$"""{"version":{{stored!.Version}}}""", Text(stored.State.Data));
        }

        async Task HistoryAsync()
        {
            // one event first, then always two together
            var history = await Store.ReadHistoryAsync(keys[0], 0, 10 * Rounds, default);
            Assert.Equal(Enumerable.Range(1, history.Count).Select(i => (long)i), history.Select(item => item.Version));
            Assert.Equal(1, history.Count % 2);
        }
    }

    [Fact]
    public async Task Writers_at_the_same_time_each_get_their_own_answers()
    {
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var key = Key($"writer{writer}");
            for (var version = 0; version < 25; version++)
            {
                var results = await Store.WriteAsync([Change(Key("contended"), version), Change(key, version)], default);
                Assert.Equal(WriteStatus.Written, results[1].Status);
            }
        }));
        await Task.WhenAll(writers);

        var contended = await ReadAsync(Key("contended"));
        var history = await Store.ReadHistoryAsync(Key("contended"), 0, 1000, default);
        Assert.Equal(25, contended!.Version);
        Assert.Equal(Enumerable.Range(1, 25).Select(i => (long)i), history.Select(item => item.Version));
    }

    private static async Task UntilAsync(Func<Task> look, CancellationToken done)
    {
        do
        {
            await look();
        }
        while (!done.IsCancellationRequested);
    }

    /// <summary>An entity that changes lane and position with every write.</summary>
    private sealed class Mover(EntityKey key, int number)
    {
        private IReadOnlyList<IndexEntry> entries = [];

        public EntityKey Key => key;

        public long Version { get; private set; }

        public EntityWrite First(EntityWrite write) => Moved(write, 1);

        public EntityWrite Next(EntityWrite write) => Moved(write, 2);

        private EntityWrite Moved(EntityWrite write, int events)
        {
            Version += events;
            var before = entries;
            entries = [new($"lane/{(Version + number) % 3}", 0), new("position", (Version * 7) + number)];
            return write with { Removed = before, Added = entries };
        }
    }
}
