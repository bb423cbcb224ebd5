using System.Collections.Concurrent;
using SQLitePCL;

namespace ActorJobs.Sqlite;

/// <summary>Kinds and event types with the numbers they are stored by. The writer adds; readers look up.</summary>
internal sealed class SqliteNames
{
    private readonly ConcurrentDictionary<string, long> numbers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, string> texts = new();

    /// <summary>The number of a name that has one.</summary>
    public long? Find(string text) => numbers.TryGetValue(text, out var number) ? number : null;

    public string Text(long number) => texts[number];

    /// <summary>Reads all names, at start and after a rollback took some back.</summary>
    public void Load(sqlite3 database)
    {
        numbers.Clear();
        using var select = new SqliteStatement(database, "SELECT id, text FROM name");
        while (select.Read())
            Note(select.Text(1), select.Long(0));
    }

    /// <summary>The number of a name, stored now when it is new. Only by the writer, in a transaction.</summary>
    public long Number(string text, SqliteStatement insert)
    {
        if (numbers.TryGetValue(text, out var known))
            return known;
        insert.Bind(text).Read();
        var number = insert.Long(0);
        insert.Reset();
        Note(text, number);
        return number;
    }

    private void Note(string text, long number)
    {
        texts[number] = text;
        numbers[text] = number;
    }
}
