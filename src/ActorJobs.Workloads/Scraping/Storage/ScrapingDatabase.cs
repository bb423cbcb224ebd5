using Microsoft.Data.Sqlite;

namespace ActorJobs.Workloads.Scraping.Storage;

/// <summary>
/// The SQLite file of the workload. Made on first use. Writers take turns in the process, so that none of them fails as busy; readers never wait (WAL).
/// A write is on the disk when it returns (<c>synchronous=FULL</c>): the engine may then record a step as done.
/// </summary>
internal sealed class ScrapingDatabase
{
    private const int Version = 3;
    private readonly string connectionString;

    // one writing transaction at a time
    private readonly Lock writing = new();
    private readonly Lazy<bool> ready;

    public ScrapingDatabase(ScrapingOptions options)
    {
        var path = Path.GetFullPath(options.Path);
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 30 }.ToString();
        ready = new Lazy<bool>(() => Prepare(path));
    }

    public T Read<T>(Func<SqliteConnection, T> query)
    {
        using var connection = Open();
        return query(connection);
    }

    /// <summary>Runs <paramref name="change"/> in a transaction; an exception undoes it.</summary>
    public T Write<T>(Func<SqliteConnection, T> change)
    {
        lock (writing)
        {
            using var connection = Open();
            // immediate: another process with the same file is waited for here, not in the middle
            using var transaction = connection.BeginTransaction(deferred: false);
            var result = change(connection);
            transaction.Commit();
            return result;
        }
    }

    public void Write(Action<SqliteConnection> change) => Write<object?>(connection =>
    {
        change(connection);
        return null;
    });

    private SqliteConnection Open()
    {
        _ = ready.Value;
        return Connect();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        connection.Execute("PRAGMA synchronous = FULL");
        return connection;
    }

    private bool Prepare(string path)
    {
        PrivateFiles.MakeFolder(Path.GetDirectoryName(path)!);
        PrivateFiles.MakeFile(path);
        using var connection = Connect();
        connection.Execute("PRAGMA journal_mode = WAL");
        using var transaction = connection.BeginTransaction(deferred: false);
        var found = connection.Scalar<long>("PRAGMA user_version");
        if (found > Version)
            throw new InvalidOperationException($"{path} was written by a newer version of ActorJobs.");
        for (var version = found + 1; version <= Version; version++)
            connection.Execute(Schema(version) + FormattableString.Invariant($"PRAGMA user_version = {version};"));
        transaction.Commit();
        return true;
    }

    private static string Schema(long version)
    {
        using var stream = typeof(ScrapingDatabase).Assembly.GetManifestResourceStream(FormattableString.Invariant($"scraping/schema.{version}.sql"))!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
