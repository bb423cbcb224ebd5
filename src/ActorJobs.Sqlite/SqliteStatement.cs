using SQLitePCL;

namespace ActorJobs.Sqlite;

/// <summary>
/// A prepared statement, used again and again by one thread. The bare library instead of ADO.NET: on the write path a command object and its
/// parameters would cost more than the statement.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private int bound;

    public SqliteStatement(sqlite3 database, string sql)
    {
        this.database = database;
        SqliteError.Check(raw.sqlite3_prepare_v2(database, sql, out statement), database, sql);
    }

    public SqliteStatement Bind(long value)
    {
        raw.sqlite3_bind_int64(statement, ++bound, value);
        return this;
    }

    public SqliteStatement Bind(string? value)
    {
        if (value is null)
            raw.sqlite3_bind_null(statement, ++bound);
        else
            raw.sqlite3_bind_text(statement, ++bound, value);
        return this;
    }

    public SqliteStatement Bind(ReadOnlySpan<byte> value)
    {
        raw.sqlite3_bind_blob(statement, ++bound, value);
        return this;
    }

    /// <summary>Runs a statement that returns no rows, and says how many it changed.</summary>
    public int Execute()
    {
        try
        {
            SqliteError.Check(raw.sqlite3_step(statement), database);
            return raw.sqlite3_changes(database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Moves to the next row. After the last one the statement is ready to be bound again.</summary>
    public bool Read()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
            return true;
        Reset();
        SqliteError.Check(code, database);
        return false;
    }

    public long Long(int column) => raw.sqlite3_column_int64(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public string? TextOrNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL ? null : Text(column);

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public byte[] Blob(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    /// <summary>Makes the statement ready to be bound again, before its last row was read.</summary>
    public void Reset()
    {
        raw.sqlite3_reset(statement);
        bound = 0;
    }

    public void Dispose() => statement.Dispose();
}
