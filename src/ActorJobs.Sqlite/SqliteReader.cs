using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using Microsoft.Data.Sqlite;

namespace ActorJobs.Sqlite;

/// <summary>A reading connection with its statements; used by one caller at a time.</summary>
internal sealed class SqliteReader : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteNames names;
    private readonly SqliteStatement entity, history, forward, backward, leased, counts;

    public SqliteReader(SqliteConnection connection, SqliteNames names)
    {
        this.connection = connection;
        this.names = names;
        var database = SqliteConnections.Handle(connection);
        entity = new(database, """
            SELECT e.version, e.schema, e.state, l.type, l.at, l.data FROM entity e
            LEFT JOIN lease l ON l.shard = e.shard AND l.kind = e.kind AND l.id = e.id
            WHERE e.shard = ? AND e.kind = ? AND e.id = ?
            """);
        history = new(database, "SELECT version, type, at, data FROM history WHERE shard = ? AND kind = ? AND id = ? AND version > ? ORDER BY version LIMIT ?");
        forward = new(database, """
            SELECT sort, kind, id, value FROM entry WHERE shard = ?1 AND idx = (SELECT id FROM idx WHERE name = ?2)
            AND (sort, kind, id) > (?3, ?4, ?5) AND sort <= ?6 ORDER BY sort, kind, id LIMIT ?7
            """);
        backward = new(database, """
            SELECT sort, kind, id, value FROM entry WHERE shard = ?1 AND idx = (SELECT id FROM idx WHERE name = ?2)
            AND (sort, kind, id) < (?3, ?4, ?5) AND sort >= ?6 ORDER BY sort DESC, kind DESC, id DESC LIMIT ?7
            """);
        leased = new(database, "SELECT kind, id FROM lease WHERE shard = ?");
        counts = new(database, "SELECT name, count FROM idx WHERE name >= ?1 AND name < ?2 AND count <> 0");
    }

    public IReadOnlyList<StoredEntity?> Read(IReadOnlyList<EntityKey> keys, int shards) =>
        [.. keys.Select(key => Read(key, ShardHash.Of(key.Id, shards)))];

    public IReadOnlyList<StoredEvent> ReadHistory(EntityKey key, int shard, long after, int limit)
    {
        if (names.Find(key.Kind) is not { } kind)
            return [];
        history.Bind(shard).Bind(kind).Bind(key.Id).Bind(after).Bind(limit);
        var events = new List<StoredEvent>();
        while (history.Read())
            events.Add(new(history.Long(0), new(names.Text(history.Long(1)), SqliteTime.To(history.Long(2)), history.Blob(3))));
        return events;
    }

    public IReadOnlyList<StoredEntry> ReadIndex(IndexQuery query)
    {
        var page = query.Descending ? backward : forward;
        var start = query.After ?? new IndexPosition(query.Descending ? long.MaxValue : long.MinValue, new EntityKey("", ""));
        page.Bind(query.Shard).Bind(query.Index).Bind(start.Sort).Bind(start.Key.Kind).Bind(start.Key.Id)
            .Bind(query.UpTo ?? (query.Descending ? long.MinValue : long.MaxValue)).Bind(query.Limit);
        var entries = new List<StoredEntry>();
        while (page.Read())
            entries.Add(new(new EntityKey(page.Text(1), page.Text(2)), page.Long(0), page.TextOrNull(3)));
        return entries;
    }

    public IReadOnlyList<EntityKey> ReadLeased(int shard)
    {
        leased.Bind(shard);
        var keys = new List<EntityKey>();
        while (leased.Read())
            keys.Add(new(names.Text(leased.Long(0)), leased.Text(1)));
        return keys;
    }

    public IReadOnlyDictionary<string, long> Count(string prefix)
    {
        counts.Bind(prefix).Bind(prefix + "\U0010FFFF");
        var result = new Dictionary<string, long>(StringComparer.Ordinal);
        while (counts.Read())
            result[counts.Text(0)] = counts.Long(1);
        return result;
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[entity, history, forward, backward, leased, counts])
            statement.Dispose();
        connection.Dispose();
    }

    private StoredEntity? Read(EntityKey key, int shard)
    {
        if (names.Find(key.Kind) is not { } kind)
            return null;
        entity.Bind(shard).Bind(kind).Bind(key.Id);
        if (!entity.Read())
            return null;
        var lease = entity.IsNull(3) ? null : new EncodedEvent(names.Text(entity.Long(3)), SqliteTime.To(entity.Long(4)), entity.Blob(5));
        var stored = new StoredEntity(key, entity.Long(0), new EncodedState((int)entity.Long(1), entity.Blob(2)), lease);
        entity.Reset();
        return stored;
    }
}
