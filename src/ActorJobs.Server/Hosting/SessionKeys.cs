using ActorJobs.Sqlite;
using Microsoft.AspNetCore.DataProtection;

namespace ActorJobs.Server;

/// <summary>
/// Keeps the keys that encrypt log-ins and form tokens in a folder beside the store, so that a restart logs nobody out. Whoever can read them can forge
/// a log-in, so the folder is its owner's alone.
/// </summary>
internal static class SessionKeys
{
    private const string Folder = "keys";

    public static void KeepSessionKeys(this WebApplicationBuilder builder)
    {
        // a store that is gone with the process has nobody to come back to
        if (string.Equals(builder.Configuration[StoreChoice.Key], "memory", StringComparison.OrdinalIgnoreCase))
            return;
        var store = builder.Configuration[$"{SqliteStoreOptions.Section}:{nameof(SqliteStoreOptions.Path)}"] ?? new SqliteStoreOptions().Path;
        var folder = new DirectoryInfo(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(store))!, Folder));
        builder.Services.AddDataProtection().SetApplicationName("ActorJobs").PersistKeysToFileSystem(folder);
        builder.Services.AddHostedService(_ => new PrivateFolder(folder));
    }

    /// <summary>Makes the folder before the first key is written to it, when the node starts and not before.</summary>
    private sealed class PrivateFolder(DirectoryInfo folder) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken)
        {
            if (OperatingSystem.IsWindows())
                folder.Create();
            else
                Directory.CreateDirectory(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return Task.CompletedTask;
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
