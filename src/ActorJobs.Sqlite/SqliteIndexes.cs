using SQLitePCL;

namespace ActorJobs.Sqlite;

/// <summary>Index names with their numbers, and the counts that a transaction changes. Only for the writer.</summary>
internal sealed class SqliteIndexes(sqlite3 database) : IDisposable
{
    private readonly SqliteStatement insert = new(database, "INSERT INTO idx (name, count) VALUES (?, 0) ON CONFLICT (name) DO UPDATE SET count = count RETURNING id");
    private readonly SqliteStatement update = new(database, "UPDATE idx SET count = count + ? WHERE id = ?");
    private readonly Dictionary<string, long> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<long, long> changes = [];

    public long Number(string name)
    {
        if (numbers.TryGetValue(name, out var known))
            return known;
        insert.Bind(name).Read();
        var number = insert.Long(0);
        insert.Reset();
        if (numbers.Count >= MaxCached)
            numbers.Clear();
        return numbers[name] = number;
    }

    public void Count(long index, long change) =>
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(changes, index, out _) += change;

    /// <summary>Writes the counts that have changed, before the commit.</summary>
    public void Flush()
    {
        foreach (var (index, change) in changes)
        {
            if (change != 0)
                update.Bind(change).Bind(index).Execute();
        }

        changes.Clear();
    }

    /// <summary>Forgets what a rolled back transaction may have made.</summary>
    public void Forget()
    {
        changes.Clear();
        numbers.Clear();
        insert.Reset();
        update.Reset();
    }

    public void Dispose()
    {
        insert.Dispose();
        update.Dispose();
    }

    private const int MaxCached = 100_000; // tags and tenants make index names without number
}
