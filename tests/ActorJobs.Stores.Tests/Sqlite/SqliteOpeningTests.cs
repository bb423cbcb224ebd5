using ActorJobs.Actors.Stores;
using ActorJobs.Sqlite;
using ActorJobs.Stores.Tests.Processes;
using Microsoft.Data.Sqlite;

namespace ActorJobs.Stores.Tests.Sqlite;

/// <summary>Files that cannot be used as they are.</summary>
public sealed class SqliteOpeningTests : IAsyncDisposable
{
    private readonly SqlitePlace place = new();

    [Fact]
    public async Task A_file_that_another_store_of_this_process_uses_is_refused()
    {
        await using var first = place.Create();
        await first.OpenAsync(2, default);

        Assert.Contains("in use by another process", await RefusalAsync(), StringComparison.Ordinal);

        await first.DisposeAsync();
        await OpenAndUseAsync();
    }

    [Fact]
    public async Task What_it_makes_is_its_owners_alone()
    {
        await using var store = place.Create();
        await store.OpenAsync(2, default);
        await store.AcquireShardAsync(0, "node", default);

        var folder = new DirectoryInfo(Path.GetDirectoryName(place.File)!);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, folder.UnixFileMode);
        var files = folder.GetFiles();
        Assert.Superset(new HashSet<string>(["actorjobs.db", "actorjobs.db-wal", "actorjobs.db.lock"]), files.Select(file => file.Name).ToHashSet());
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode));
    }

    [Fact]
    public async Task A_file_that_another_process_uses_is_refused_until_that_has_ended_however_it_does()
    {
        await using var writer = WriterProcess.Start(place.File, 1);
        await writer.UntilAsync(PairWriter.Open);

        var refusal = await RefusalAsync();
        Assert.Contains(place.File, refusal, StringComparison.Ordinal);
        Assert.Contains("in use by another process", refusal, StringComparison.Ordinal);

        await writer.KillAsync();
        await OpenAndUseAsync();
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_was()
    {
        var content = Enumerable.Range(0, 50_000).Select(i => (byte)(i * 31)).ToArray();
        Directory.CreateDirectory(Path.GetDirectoryName(place.File)!);
        await File.WriteAllBytesAsync(place.File, content);

        Assert.Contains("no database of ActorJobs", await RefusalAsync(), StringComparison.Ordinal);

        Assert.Equal(content, await File.ReadAllBytesAsync(place.File));
        File.Delete(place.File);
        await OpenAndUseAsync(); // the refused attempt has let go of its lock
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_left_as_it_was()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(place.File)!);
        Execute("CREATE TABLE somebody_else (x)");

        Assert.Contains("another program", await RefusalAsync(), StringComparison.Ordinal);

        Assert.Equal(1L, Execute("SELECT count(*) FROM sqlite_master"));
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.5)]
    [InlineData(0.1)]
    public async Task A_truncated_file_is_refused(double kept)
    {
        await FillAsync();
        using (var file = File.OpenWrite(place.File))
            file.SetLength((long)(file.Length * kept));

        Assert.Contains("damaged", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_overwritten_pages_is_refused()
    {
        await FillAsync();
        using (var file = File.OpenWrite(place.File))
        {
            file.Position = 3 * 4096;
            file.Write(new byte[5 * 4096]);
        }

        Assert.Contains("damaged", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_is_a_new_store()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(place.File)!);
        await File.WriteAllBytesAsync(place.File, []);

        await OpenAndUseAsync();
    }

    [Fact]
    public async Task Tables_of_another_version_are_refused_with_both_versions()
    {
        await OpenAndUseAsync();
        Execute("PRAGMA user_version=7");

        var refusal = await RefusalAsync();

        Assert.Contains("version 7", refusal, StringComparison.Ordinal);
        Assert.Contains("knows 1", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_flush_for_every_group_the_store_says_so()
    {
        await using var store = new SqliteEntityStore(new SqliteStoreOptions { Path = place.File, Synchronous = SqliteSynchronous.Normal });
        await store.OpenAsync(2, default);

        Assert.Equal("os", store.Durability);
    }

    [Fact]
    public async Task A_store_that_is_not_open_says_so()
    {
        await using var store = place.Create();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.ReadAsync([], default));
    }

    public ValueTask DisposeAsync() => place.DisposeAsync();

    private async Task<string> RefusalAsync()
    {
        await using var store = place.Create();
        return (await Assert.ThrowsAsync<StoreUnusableException>(async () => await store.OpenAsync(2, default))).Message;
    }

    private async Task OpenAndUseAsync()
    {
        await using var store = place.Create();
        await store.OpenAsync(2, default);
        Assert.True(await store.AcquireShardAsync(0, "node", default) > 0);
    }

    private async Task FillAsync()
    {
        await using var store = place.Create();
        await store.OpenAsync(2, default);
        long[] epochs = [await store.AcquireShardAsync(0, "node", default), await store.AcquireShardAsync(1, "node", default)];
        for (var version = 0; version < 40; version++)
            await store.WriteAsync([.. Enumerable.Range(0, PairedEntity.AllKeys.Count).Select(number => PairedEntity.Write(number, version, epochs))], default);
    }

    private object? Execute(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = place.File, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
