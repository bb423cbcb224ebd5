using System.Globalization;
using System.Text;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Stores.Tests.Processes;
using ActorJobs.TestKit.Specs;
using Microsoft.Data.Sqlite;

namespace ActorJobs.Stores.Tests.Sqlite;

/// <summary>A process is killed between any two of its instructions; what it had been told is written is there, and nothing is there by half.</summary>
public sealed class SqliteCrashTests : IAsyncDisposable
{
    private const int Rounds = 12;

    private readonly SqlitePlace place = new();

    [Fact]
    public async Task After_each_kill_every_acknowledged_commit_is_there_and_nothing_by_half()
    {
        var seed = Seed.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var acknowledged = new long[2 * PairedEntity.Pairs];
        for (var round = 0; round < Rounds; round++)
        {
            await using var writer = WriterProcess.Start(place.File, random.Next());
            // the first rounds also meet the creation of the file
            await writer.UntilAsync(round < 3 ? PairWriter.Opening : PairWriter.Open);
            for (var line = random.Next(round < 3 ? 1 : 60); line > 0; line--)
                Note(await writer.ReadAsync(), acknowledged);
            Thread.SpinWait(random.Next(1_000_000));
            foreach (var line in await writer.KillAsync())
                Note(line, acknowledged);

            CheckIntegrity();
            await CheckAsync(acknowledged, $"seed {seed}, round {round}");
        }

        Assert.True(acknowledged.Sum() > 500, $"only {acknowledged.Sum()} commits were acknowledged: the kills came too early to prove anything");
    }

    [Fact]
    public async Task A_process_that_is_asked_to_end_leaves_one_file_behind()
    {
        await using var writer = WriterProcess.Start(place.File, 1);
        await writer.UntilAsync(PairWriter.Open);
        for (var line = 0; line < 10; line++)
            await writer.ReadAsync();

        Assert.Equal(0, await writer.EndAsync());
        Assert.False(File.Exists(place.File + "-wal"), "the log was not taken into the file");
    }

    public ValueTask DisposeAsync() => place.DisposeAsync();

    private static void Note(string? line, long[] acknowledged)
    {
        if (line is null or PairWriter.Opening or PairWriter.Open)
            return;
        foreach (var part in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            acknowledged[int.Parse(part[..at], CultureInfo.InvariantCulture)] = long.Parse(part[(at + 1)..], CultureInfo.InvariantCulture);
        }
    }

    private void CheckIntegrity()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = place.File, Pooling = false }.ToString());
        connection.Open();
        using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", check.ExecuteScalar());
    }

    private async Task CheckAsync(long[] acknowledged, string label)
    {
        await using var store = place.Create();
        await store.OpenAsync(PairedEntity.Shards, default);
        var versions = new long[acknowledged.Length];
        var stored = await store.ReadAsync(PairedEntity.AllKeys, default);
        for (var number = 0; number < versions.Length; number++)
        {
            versions[number] = stored[number]?.Version ?? 0;
            // one group may have been written that the process could not tell of any more
            Assert.True(versions[number] - acknowledged[number] is 0 or 1, $"{label}: p{number} is at {versions[number]}, acknowledged was {acknowledged[number]}");
            await CheckEntityAsync(store, number, versions[number], stored[number]);
        }

        for (var pair = 0; pair < PairedEntity.Pairs; pair++)
            Assert.True(versions[2 * pair] == versions[(2 * pair) + 1], $"{label}: pair {pair} is torn");
        await CheckListsAsync(store, versions);
        versions.CopyTo(acknowledged, 0);
    }

    private static async Task CheckEntityAsync(IEntityStore store, int number, long version, StoredEntity? stored)
    {
        var history = await store.ReadHistoryAsync(PairedEntity.Key(number), 0, 100_000, default);
        Assert.Equal(version, history.Count);
        Assert.All(history.Index(), item => Assert.Equal(PairedEntity.Content(number, item.Index + 1), Encoding.UTF8.GetString(item.Item.Event.Data.Span)));
        if (stored is null)
            return;
        Assert.Equal(PairedEntity.Content(number, version), Encoding.UTF8.GetString(stored.State.Data.Span));
        Assert.Equal(PairedEntity.IsLeased(version), stored.Lease is not null);
    }

    private static async Task CheckListsAsync(IEntityStore store, long[] versions)
    {
        var expected = versions.Index()
            .SelectMany(item => PairedEntity.Entries(item.Index, item.Item).Select(entry => (entry.Index, PairedEntity.Key(item.Index), entry.Sort)))
            .Order(Comparer<(string Lane, EntityKey Key, long Sort)>.Create((x, y) => string.CompareOrdinal($"{x}", $"{y}"))).ToArray();
        var found = new List<(string, EntityKey, long)>();
        for (var (lane, shard) = (0, 0); lane < PairedEntity.Lanes; (lane, shard) = shard == PairedEntity.Shards - 1 ? (lane + 1, 0) : (lane, shard + 1))
            found.AddRange((await store.ReadIndexAsync(new(shard, $"lane/{lane}", 1000), default)).Select(entry => ($"lane/{lane}", entry.Key, entry.Sort)));

        Assert.Equal(expected, found.Order(Comparer<(string Lane, EntityKey Key, long Sort)>.Create((x, y) => string.CompareOrdinal($"{x}", $"{y}"))));
        Assert.Equal(
            expected.GroupBy(entry => entry.Item1).ToDictionary(lane => lane.Key, lane => (long)lane.Count()),
            await store.CountAsync("lane/", default));
    }
}
