using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ActorJobs.Sqlite;

/// <summary>Opens connections to the database file with the settings the store relies on.</summary>
internal static class SqliteConnections
{
    // No connection is used by two threads at once, and nobody asks for the library's memory statistics: without both of their locks a write costs a
    // fifth less. Only heeded before the library's first use in the process; after that nothing is lost but the fifth.
    static SqliteConnections()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public static SqliteConnection OpenWriter(SqliteStoreOptions options)
    {
        var connection = Open(options.Path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            Execute(connection, "PRAGMA page_size=4096");
            Execute(connection, "PRAGMA journal_mode=WAL");
            Execute(connection, $"PRAGMA synchronous={(options.Synchronous == SqliteSynchronous.Full ? "FULL" : "NORMAL")}");
            Execute(connection, "PRAGMA cache_size=-65536"); // 64 MB: the hot ends of all indexes
            Execute(connection, "PRAGMA wal_autocheckpoint=8000"); // about 32 MB: fewer, larger checkpoints
            Execute(connection, "PRAGMA journal_size_limit=134217728");
            Execute(connection, "PRAGMA temp_store=MEMORY");
            return connection;
        }
        catch
        {
            connection.Dispose(); // the first statement that touches the file finds out what it is
            throw;
        }
    }

    public static SqliteConnection OpenReader(SqliteStoreOptions options)
    {
        var connection = Open(options.Path, SqliteOpenMode.ReadWrite);
        Execute(connection, "PRAGMA query_only=ON");
        Execute(connection, "PRAGMA cache_size=-8192");
        Execute(connection, "PRAGMA busy_timeout=5000");
        return connection;
    }

    /// <summary>For copying the file; reads, but may write elsewhere.</summary>
    public static SqliteConnection OpenCopier(string path) => Open(path, SqliteOpenMode.ReadWrite);

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public static sqlite3 Handle(SqliteConnection connection) => connection.Handle!;

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
