using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ActorJobs.Sqlite;

/// <summary>Turns result codes into exceptions.</summary>
internal static class SqliteError
{
    public static void Check(int code, sqlite3 database, string? sql = null)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW)
            return;
        var message = raw.sqlite3_errmsg(database).utf8_to_string();
        throw new SqliteException(sql is null ? message : $"{message} in: {sql}", code & 0xFF, raw.sqlite3_extended_errcode(database));
    }
}
