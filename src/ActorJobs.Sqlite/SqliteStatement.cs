using System.Runtime.CompilerServices;
using System.Text;
using SQLitePCL;

namespace ActorJobs.Sqlite;

/// <summary>
/// A prepared statement, used again and again by one thread. The bare library instead of ADO.NET: on the write path a command object and its
/// parameters would cost more than the statement.
/// </summary>
internal sealed unsafe class SqliteStatement : IDisposable
{
    private const int MaxOnStack = 512; // bytes of a text
    private const int MostBytesOfChar = 3; // in UTF-8, of a UTF-16 unit

    private readonly sqlite3 database;
    private readonly sqlite3_stmt owner;
    private readonly nint databasePointer, statement; // theirs: valid until they are disposed of
    private int bound;

    public SqliteStatement(sqlite3 database, string sql)
    {
        this.database = database;
        SqliteError.Check(raw.sqlite3_prepare_v2(database, sql, out owner), database, sql);
        (databasePointer, statement) = (database.DangerousGetHandle(), owner.DangerousGetHandle());
    }

    public SqliteStatement Bind(long value)
    {
        Check(SqliteNative.BindInteger(statement, ++bound, value));
        return this;
    }

    public SqliteStatement Bind(string? value)
    {
        if (value is null)
            Check(SqliteNative.BindNull(statement, ++bound));
        else
            BindText(value);
        return this;
    }

    public SqliteStatement Bind(ReadOnlySpan<byte> value)
    {
        fixed (byte* data = value)
        {
            byte none = 0; // without a pointer it would be NULL
            Check(SqliteNative.BindBlob(statement, ++bound, data == null ? &none : data, value.Length, SqliteNative.Transient));
        }

        return this;
    }

    /// <summary>Runs a statement that returns no rows, and says how many it changed.</summary>
    public int Execute()
    {
        try
        {
            Check(SqliteNative.Step(statement));
            return SqliteNative.Changes(databasePointer);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Moves to the next row. After the last one the statement is ready to be bound again.</summary>
    public bool Read()
    {
        var code = SqliteNative.Step(statement);
        if (code == raw.SQLITE_ROW)
            return true;
        Reset();
        Check(code);
        return false;
    }

    public long Long(int column) => SqliteNative.Integer(statement, column);

    public string Text(int column)
    {
        var text = SqliteNative.Text(statement, column); // first: it may convert what the length is of
        return Encoding.UTF8.GetString(text, SqliteNative.Bytes(statement, column));
    }

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public bool IsNull(int column) => SqliteNative.Type(statement, column) == raw.SQLITE_NULL;

    public byte[] Blob(int column)
    {
        var data = SqliteNative.Blob(statement, column);
        return new ReadOnlySpan<byte>(data, SqliteNative.Bytes(statement, column)).ToArray();
    }

    /// <summary>Makes the statement ready to be bound again, before its last row was read.</summary>
    public void Reset()
    {
        _ = SqliteNative.Reset(statement); // says again what the last step said
        bound = 0;
    }

    public void Dispose() => owner.Dispose();

    [SkipLocalsInit]
    private void BindText(string value)
    {
        var most = value.Length * MostBytesOfChar;
        var bytes = most <= MaxOnStack ? stackalloc byte[MaxOnStack] : new byte[most];
        var length = Encoding.UTF8.GetBytes(value, bytes);
        fixed (byte* text = bytes)
            Check(SqliteNative.BindText(statement, ++bound, text, length, SqliteNative.Transient));
    }

    private void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW))
            SqliteError.Check(code, database);
    }
}
