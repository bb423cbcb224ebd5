using ActorJobs.Actors.Stores;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ActorJobs.Sqlite;

/// <summary>Carries out writes on the one writing connection, a group as one transaction. Not thread-safe: <see cref="SqliteWriterThread"/> owns it.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly sqlite3 database;
    private readonly SqliteNames names;
    private readonly SqliteIndexes indexes;
    private readonly Dictionary<int, long> epochs = [];
    private readonly List<SqliteStatement> statements = [];
    private readonly SqliteStatement begin, commit, rollback, insertName, acquire, ownerOf, epochOf, versionOf;
    private readonly SqliteStatement insertEntity, updateEntity, updateVersion, deleteEntity, insertEvent, deleteHistory, setLease, clearLease;
    private readonly SqliteStatement insertEntry, deleteEntry, keyHolder, claimKey, releaseKey;

    public SqliteWriter(SqliteConnection connection, SqliteNames names)
    {
        this.connection = connection;
        this.names = names;
        database = SqliteConnections.Handle(connection);
        indexes = new SqliteIndexes(database);
        begin = Prepare("BEGIN IMMEDIATE");
        commit = Prepare("COMMIT");
        rollback = Prepare("ROLLBACK");
        insertName = Prepare("INSERT INTO name (text) VALUES (?) ON CONFLICT (text) DO UPDATE SET text = text RETURNING id");
        acquire = Prepare("INSERT INTO shard VALUES (?, 1, ?) ON CONFLICT (shard) DO UPDATE SET epoch = epoch + 1, owner = excluded.owner RETURNING epoch");
        ownerOf = Prepare("SELECT owner FROM shard WHERE shard = ?");
        epochOf = Prepare("SELECT epoch FROM shard WHERE shard = ?");
        versionOf = Prepare("SELECT version FROM entity WHERE shard = ? AND kind = ? AND id = ?");
        insertEntity = Prepare("INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
        updateEntity = Prepare("UPDATE entity SET version = ?4, schema = ?5, state = ?6 WHERE shard = ?1 AND kind = ?2 AND id = ?3 AND version = ?7");
        updateVersion = Prepare("UPDATE entity SET version = ?4 WHERE shard = ?1 AND kind = ?2 AND id = ?3 AND version = ?5");
        deleteEntity = Prepare("DELETE FROM entity WHERE shard = ? AND kind = ? AND id = ? AND version = ?");
        insertEvent = Prepare("INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?)");
        deleteHistory = Prepare("DELETE FROM history WHERE shard = ? AND kind = ? AND id = ?");
        setLease = Prepare("INSERT OR REPLACE INTO lease VALUES (?, ?, ?, ?, ?, ?)");
        clearLease = Prepare("DELETE FROM lease WHERE shard = ? AND kind = ? AND id = ?");
        insertEntry = Prepare("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
        deleteEntry = Prepare("DELETE FROM entry WHERE shard = ? AND idx = ? AND sort = ? AND kind = ? AND id = ?");
        keyHolder = Prepare("SELECT kind, id FROM unique_key WHERE shard = ? AND key = ?");
        claimKey = Prepare("INSERT OR REPLACE INTO unique_key VALUES (?, ?, ?, ?)");
        releaseKey = Prepare("DELETE FROM unique_key WHERE shard = ? AND key = ? AND kind = ? AND id = ?");
        names.Load(database);
    }

    public long Acquire(int shard, string node)
    {
        acquire.Bind(shard).Bind(node).Read();
        var epoch = acquire.Long(0);
        acquire.Read(); // to the end: this commits
        return epochs[shard] = epoch;
    }

    public long? Fence(int shard, long epoch, string name)
    {
        if (EpochOf(shard) == epoch)
            return Acquire(shard, name);
        var isDone = ownerOf.Bind(shard).Read() && ownerOf.Text(0) == name;
        ownerOf.Reset();
        return isDone ? EpochOf(shard) : null;
    }

    public IReadOnlyList<WriteResult> Write(IReadOnlyList<EntityWrite> group)
    {
        var results = new WriteResult[group.Count];
        begin.Execute();
        try
        {
            for (var i = 0; i < results.Length; i++)
                results[i] = Write(group[i]);
            indexes.Flush();
            commit.Execute();
            return results;
        }
        catch
        {
            // a statement that was left half bound would bind the next member's values to the wrong places
            foreach (var statement in statements)
                statement.Reset();
            // some errors have rolled back by themselves
            if (raw.sqlite3_get_autocommit(database) == 0)
                rollback.Execute();
            indexes.Forget();
            names.Load(database);
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var statement in statements)
            statement.Dispose();
        indexes.Dispose();
        connection.Dispose();
    }

    // The conditional write of the entity comes before all others: when it finds another version, the member has left no trace.
    private WriteResult Write(EntityWrite write)
    {
        var (shard, id) = (write.Shard, write.Key.Id);
        if (write.Epoch < EpochOf(shard))
            return new(WriteStatus.StaleEpoch);
        var kind = names.Number(write.Key.Kind, insertName);
        if (write.ClaimedKey is { } claimed && HolderOf(shard, claimed) is { } holder && holder != (kind, id))
            return VersionOf(shard, kind, id) == write.ExpectedVersion ? new(WriteStatus.KeyHeld, holder.Id) : new(WriteStatus.VersionConflict);
        if (!WriteEntity(write, kind))
            return new(WriteStatus.VersionConflict);

        WriteHistory(write, kind);
        WriteLease(write, kind);
        for (var i = 0; i < write.Removed.Count; i++)
        {
            var entry = write.Removed[i];
            var index = indexes.Number(entry.Index);
            indexes.Count(index, -deleteEntry.Bind(shard).Bind(index).Bind(entry.Sort).Bind(write.Key.Kind).Bind(id).Execute());
        }

        for (var i = 0; i < write.Added.Count; i++)
        {
            var entry = write.Added[i];
            var index = indexes.Number(entry.Index);
            indexes.Count(index, insertEntry.Bind(shard).Bind(index).Bind(entry.Sort).Bind(write.Key.Kind).Bind(id).Bind(entry.Value).Execute());
        }

        if (write.ReleasedKey is { } released)
            releaseKey.Bind(shard).Bind(released).Bind(kind).Bind(id).Execute();
        if (write.ClaimedKey is { } key)
            claimKey.Bind(shard).Bind(key).Bind(kind).Bind(id).Execute();
        return new(WriteStatus.Written);
    }

    private bool WriteEntity(EntityWrite write, long kind)
    {
        var (shard, id) = (write.Shard, write.Key.Id);
        if (write.Delete)
            return deleteEntity.Bind(shard).Bind(kind).Bind(id).Bind(write.ExpectedVersion).Execute() == 1;
        var version = write.ExpectedVersion + write.Events.Count;
        if (write.State is not { } state && write.Events.Count == 0)
            return write.ExpectedVersion > 0 && VersionOf(shard, kind, id) == write.ExpectedVersion;
        if (write.State is null)
            return write.ExpectedVersion > 0 && updateVersion.Bind(shard).Bind(kind).Bind(id).Bind(version).Bind(write.ExpectedVersion).Execute() == 1;
        state = write.State;
        return write.ExpectedVersion == 0
            ? insertEntity.Bind(shard).Bind(kind).Bind(id).Bind(version).Bind(state.Schema).Bind(state.Data.Span).Execute() == 1
            : updateEntity.Bind(shard).Bind(kind).Bind(id).Bind(version).Bind(state.Schema).Bind(state.Data.Span)
                .Bind(write.ExpectedVersion).Execute() == 1;
    }

    private void WriteHistory(EntityWrite write, long kind)
    {
        if (write.Delete)
            deleteHistory.Bind(write.Shard).Bind(kind).Bind(write.Key.Id).Execute();
        var version = write.ExpectedVersion;
        for (var i = 0; i < write.Events.Count; i++)
        {
            var happened = write.Events[i];
            insertEvent.Bind(write.Shard).Bind(kind).Bind(write.Key.Id).Bind(++version)
                .Bind(names.Number(happened.Type, insertName)).Bind(SqliteTime.From(happened.At)).Bind(happened.Data.Span).Execute();
        }
    }

    private void WriteLease(EntityWrite write, long kind)
    {
        if (write.Lease == LeaseChange.Set && write.NewLease is { } lease)
        {
            setLease.Bind(write.Shard).Bind(kind).Bind(write.Key.Id)
                .Bind(names.Number(lease.Type, insertName)).Bind(SqliteTime.From(lease.At)).Bind(lease.Data.Span).Execute();
        }
        else if (write.Delete || write.Lease == LeaseChange.Clear)
        {
            clearLease.Bind(write.Shard).Bind(kind).Bind(write.Key.Id).Execute();
        }
    }

    private long EpochOf(int shard)
    {
        if (epochs.TryGetValue(shard, out var known))
            return known;
        var epoch = epochOf.Bind(shard).Read() ? epochOf.Long(0) : 0;
        epochOf.Reset();
        return epochs[shard] = epoch;
    }

    private long VersionOf(int shard, long kind, string id)
    {
        var version = versionOf.Bind(shard).Bind(kind).Bind(id).Read() ? versionOf.Long(0) : 0;
        versionOf.Reset();
        return version;
    }

    private (long Kind, string Id)? HolderOf(int shard, string key)
    {
        (long, string)? holder = keyHolder.Bind(shard).Bind(key).Read() ? (keyHolder.Long(0), keyHolder.Text(1)) : null;
        keyHolder.Reset();
        return holder;
    }

    private SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(database, sql);
        statements.Add(statement);
        return statement;
    }
}
