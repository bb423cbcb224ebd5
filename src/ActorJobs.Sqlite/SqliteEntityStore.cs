using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using Microsoft.Data.Sqlite;

namespace ActorJobs.Sqlite;

/// <summary>The embedded store: one file, one process, a transaction per group of commits.</summary>
public sealed class SqliteEntityStore(SqliteStoreOptions options) : IEntityStore
{
    private readonly SqliteNames names = new();
    private FileStream? processLock;
    private SqliteWriterThread? writer;
    private SqliteReaders? readers;
    private int shardCount;

    /// <inheritdoc/>
    public string Durability => options.Synchronous == SqliteSynchronous.Full ? "fsync" : "os";

    /// <inheritdoc/>
    public ValueTask OpenAsync(int shards, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(options.Path);
        PrivateFiles.MakeFolder(Path.GetDirectoryName(path)!);
        processLock = SqliteProcessLock.Take(path);
        PrivateFiles.MakeFile(path); // SQLite gives the files beside it the same mode
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteConnections.OpenWriter(options);
            SqliteSchema.Prepare(connection, path, shards);
        }
        catch (Exception exception)
        {
            connection?.Dispose();
            processLock.Dispose();
            if (exception is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT })
                throw new StoreUnusableException($"'{path}' is no database of ActorJobs, or is damaged: {exception.Message}", exception);
            throw;
        }

        shardCount = shards;
        writer = new SqliteWriterThread(new SqliteWriter(connection, names));
        readers = new SqliteReaders(() => new SqliteReader(SqliteConnections.OpenReader(options), names));
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<long> AcquireShardAsync(int shard, string node, CancellationToken cancellationToken) =>
        new(Writer.RunAsync(call => call.Acquire(shard, node), cancellationToken));

    /// <inheritdoc/>
    public ValueTask<long?> FenceShardAsync(int shard, long epoch, string name, CancellationToken cancellationToken) =>
        new(Writer.RunAsync(call => call.Fence(shard, epoch, name), cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WriteResult>> WriteAsync(IReadOnlyList<EntityWrite> group, CancellationToken cancellationToken) =>
        new(Writer.RunAsync(call => call.Write(group), cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntity?>> ReadAsync(IReadOnlyList<EntityKey> keys, CancellationToken cancellationToken) =>
        Readers.RunAsync(reader => reader.Read(keys, shardCount), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEvent>> ReadHistoryAsync(EntityKey key, long after, int limit, CancellationToken cancellationToken) =>
        Readers.RunAsync(reader => reader.ReadHistory(key, ShardHash.Of(key.Id, shardCount), after, limit), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntry>> ReadIndexAsync(IndexQuery query, CancellationToken cancellationToken) =>
        Readers.RunAsync(reader => reader.ReadIndex(query), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EntityKey>> ReadLeasedAsync(int shard, CancellationToken cancellationToken) =>
        Readers.RunAsync(reader => reader.ReadLeased(shard), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, long>> CountAsync(string indexPrefix, CancellationToken cancellationToken) =>
        Readers.RunAsync(reader => reader.Count(indexPrefix), cancellationToken);

    /// <summary>
    /// Writes a copy of the store as it is at one instant: all that was acknowledged before the call is in it. Reading and writing go on meanwhile. The copy
    /// is a database of its own, and under its name only when it is complete and on the disk.
    /// </summary>
    /// <param name="file">The copy; its folder must be there, and it must not.</param>
    /// <param name="cancellationToken">Gives up and leaves nothing.</param>
    /// <returns>The copy's size in bytes.</returns>
    public async ValueTask<long> BackUpAsync(string file, CancellationToken cancellationToken)
    {
        _ = Writer; // an open store
        return await Task.Run(() => SqliteBackup.Write(options.Path, file, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (writer is not null)
            await writer.DisposeAsync().ConfigureAwait(false);
        readers?.Dispose();
        processLock?.Dispose();
        (writer, readers, processLock) = (null, null, null);
    }

    private SqliteWriterThread Writer => writer ?? throw new InvalidOperationException("The store is not open.");

    private SqliteReaders Readers => readers ?? throw new InvalidOperationException("The store is not open.");
}
