using System.Collections.Concurrent;
using SQLitePCL;

namespace ActorJobs.Sqlite;

/// <summary>Kinds and event types with the numbers they are stored by. The writer adds; readers look up.</summary>
internal sealed class SqliteNames
{
    private volatile ConcurrentDictionary<string, long> numbers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, string> texts = new();

    /// <summary>The number of a name that has one.</summary>
    public long? Find(string text) => numbers.TryGetValue(text, out var number) ? number : null;

    public string Text(long number) => texts[number];

    /// <summary>Reads all names, at start and after a rollback took some back.</summary>
    public void Load(sqlite3 database)
    {
        // put in place as a whole: a reader that found no number would take a stored entity for missing
        var loaded = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        using var select = new SqliteStatement(database, "SELECT id, text FROM name");
        while (select.Read())
            loaded[texts[select.Long(0)] = select.Text(1)] = select.Long(0);
        numbers = loaded;
    }

    /// <summary>The number of a name, stored now when it is new. Only by the writer, in a transaction.</summary>
    public long Number(string text, SqliteStatement insert)
    {
        if (numbers.TryGetValue(text, out var known))
            return known;
        insert.Bind(text).Read();
        var number = insert.Long(0);
        insert.Reset();
        texts[number] = text; // first: whoever finds the number may ask for its text
        return numbers[text] = number;
    }
}
