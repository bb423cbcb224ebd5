using System.Globalization;
using ActorJobs.Actors.Stores;
using ActorJobs.AspNetCore;
using ActorJobs.Sqlite;
using Microsoft.Extensions.Options;

namespace ActorJobs.Server;

/// <summary>Backups of the embedded store into one folder, one at a time, each under the instant of its beginning. The node chooses their names, not the caller.</summary>
internal sealed class SqliteBackups(IEntityStore store, IOptions<SqliteStoreOptions> options, TimeProvider time) : IStoreBackup
{
    private const long Reserve = 64 << 20; // for what is written meanwhile

    private int isRunning;

    public async ValueTask<BackupResult> RunAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref isRunning, 1) == 1)
            return new BackupResult.Refused("backup-running", "Another backup is under way.");
        try
        {
            var database = Path.GetFullPath(options.Value.Path);
            var folder = Path.GetFullPath(options.Value.Backups ?? Path.Combine(Path.GetDirectoryName(database)!, "backups"));
            PrivateFiles.MakeFolder(folder);
            if (new DriveInfo(folder).AvailableFreeSpace is var free && free < SizeOf(database) + Reserve)
                return new BackupResult.Refused("disk-full", $"{free >> 20} MiB are free at {folder}, too few for a copy: a full disk would stop the node.");
            var name = string.Create(CultureInfo.InvariantCulture, $"actorjobs-{time.GetUtcNow():yyyyMMdd'T'HHmmss.fff'Z'}.db");
            var file = Path.Combine(folder, name);
            return new BackupResult.Written(file, await ((SqliteEntityStore)store).BackUpAsync(file, cancellationToken));
        }
        finally
        {
            Volatile.Write(ref isRunning, 0);
        }
    }

    private static long SizeOf(string database) => new FileInfo(database).Length + (new FileInfo(database + "-wal") is { Exists: true, Length: var log } ? log : 0);
}
