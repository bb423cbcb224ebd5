using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ActorJobs.Sqlite;

/// <summary>
/// Copies a database that is in use. <c>VACUUM INTO</c> reads one snapshot of the write-ahead log, so that writers are not held up and nothing is half in
/// the copy; until it ends, the log only grows. Source: SQLite, "VACUUM", section 3.
/// </summary>
internal static class SqliteBackup
{
    public static long Write(string database, string file, CancellationToken cancellationToken)
    {
        var part = file + ".part";
        if (File.Exists(file))
            throw new IOException($"'{file}' is there already.");
        File.Delete(part); // of a process that died over it
        try
        {
            PrivateFiles.MakeFile(part); // a copy is as private as its original; VACUUM INTO takes an empty file
            Copy(database, part, cancellationToken);
            Flush(part);
            File.Move(part, file);
        }
        finally
        {
            File.Delete(part);
        }

        return new FileInfo(file).Length;
    }

    private static void Copy(string database, string to, CancellationToken cancellationToken)
    {
        using var connection = SqliteConnections.OpenCopier(database);
        using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $to";
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue("$to", to);
        using var stop = cancellationToken.Register(() => raw.sqlite3_interrupt(SqliteConnections.Handle(connection)));
        try
        {
            command.ExecuteNonQuery();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }

    // SQLite leaves that to the operating system: a power loss must not leave an empty file under a good name
    private static void Flush(string file)
    {
        using var copy = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        copy.Flush(flushToDisk: true);
    }
}
