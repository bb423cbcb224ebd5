using System.Globalization;
using ActorJobs.Actors.Stores;
using Microsoft.Data.Sqlite;

namespace ActorJobs.Sqlite;

/// <summary>Creates the tables, and checks that a file can be used as it is.</summary>
internal static class SqliteSchema
{
    /// <summary>The version of the tables. A file of another version is refused.</summary>
    public const int Version = 1;

    public static void Prepare(SqliteConnection connection, string path, int shards)
    {
        var version = Convert.ToInt32(SqliteConnections.Scalar(connection, "PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (version == 0 && HasTables(connection))
            throw new StoreUnusableException($"'{path}' is a database of another program: set ActorJobs:Sqlite:Path to another file.");
        if (version == 0)
            Create(connection, shards);
        else if (version != Version)
            throw new StoreUnusableException($"'{path}' has schema version {version}, this build knows {Version}: use a build that knows it.");
        CheckIntegrity(connection, path);
        CheckShards(connection, path, shards);
        SqliteConnections.Execute(connection, "DELETE FROM idx WHERE count = 0"); // tags and tenants leave their names behind
    }

    private static bool HasTables(SqliteConnection connection) =>
        Convert.ToInt64(SqliteConnections.Scalar(connection, "SELECT count(*) FROM sqlite_master"), CultureInfo.InvariantCulture) > 0;

    private static void Create(SqliteConnection connection, int shards)
    {
        using var stream = typeof(SqliteSchema).Assembly.GetManifestResourceStream("ActorJobs.Sqlite.Schema.schema.sql")!;
        using var reader = new StreamReader(stream);
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = reader.ReadToEnd();
        command.ExecuteNonQuery();
        command.CommandText = $"INSERT INTO meta VALUES ('shards', '{shards}'); PRAGMA user_version={Version}";
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    // quick_check walks all pages but not the order between indexes: seconds per gigabyte less than integrity_check. Only after an unclean end.
    private static void CheckIntegrity(SqliteConnection connection, string path)
    {
        var pages = Convert.ToInt64(SqliteConnections.Scalar(connection, "PRAGMA page_count"), CultureInfo.InvariantCulture);
        if (pages > MaxCheckedPages)
            return;
        string? answer;
        try
        {
            answer = SqliteConnections.Scalar(connection, "PRAGMA quick_check(1)") as string;
        }
        catch (SqliteException exception)
        {
            answer = exception.Message;
        }

        if (answer != "ok")
            throw new StoreUnusableException($"'{path}' is damaged ({answer}). Restore a backup, or move the file away to start with an empty store.");
    }

    private static void CheckShards(SqliteConnection connection, string path, int shards)
    {
        var stored = Convert.ToInt32(SqliteConnections.Scalar(connection, "SELECT value FROM meta WHERE key='shards'"), CultureInfo.InvariantCulture);
        if (stored != shards)
            throw new StoreUnusableException($"'{path}' was created with {stored} shards, the configuration says {shards}: set ActorJobs:Shards to {stored}.");
    }

    private const long MaxCheckedPages = 64 * 1024; // 256 MB: beyond that the check would cost seconds of every start; `doctor` does it on demand
}
