using ActorJobs.Sqlite;
using Microsoft.AspNetCore.DataProtection;

namespace ActorJobs.Server;

/// <summary>
/// Keeps the keys that encrypt log-ins and form tokens in a folder, so that a restart logs nobody out, and nodes that share the folder take each
/// other's log-ins. Whoever can read them can forge a log-in, so a folder that is made here is its owner's alone.
/// </summary>
internal static partial class SessionKeys
{
    public const string Key = "ActorJobs:SessionKeys";

    private const string Folder = "keys";
    private const string Preloading = "Microsoft.AspNetCore.DataProtection.Internal.DataProtectionHostedService";

    public static void KeepSessionKeys(this WebApplicationBuilder builder)
    {
        var store = builder.Configuration[StoreChoice.Key];
        var chosen = builder.Configuration[Key];
        // a store that is gone with the process has nobody to come back to
        if (string.IsNullOrEmpty(chosen) && string.Equals(store, "memory", StringComparison.OrdinalIgnoreCase))
            return;
        var folder = new DirectoryInfo(Path.GetFullPath(string.IsNullOrEmpty(chosen) ? BesideStore(builder.Configuration) : chosen));
        builder.Services.AddDataProtection().SetApplicationName("ActorJobs").PersistKeysToFileSystem(folder);
        ReadWhenNeeded(builder.Services);
        builder.Services.AddHostedService(services => new PrivateFolder(folder, services.GetRequiredService<ILogger<PrivateFolder>>())
        {
            MayBeAlone = !string.IsNullOrEmpty(chosen) || !string.Equals(store, "redis", StringComparison.OrdinalIgnoreCase)
                || string.IsNullOrEmpty(builder.Configuration["ActorJobs:Cluster:Secret"]) || !builder.Configuration.GetSection("ActorJobs:Keys").GetChildren().Any(),
        });
    }

    // the framework's own service reads the keys before the port is open, a sixteenth of a node's start; the first form or log-in does it as well
    private static void ReadWhenNeeded(IServiceCollection services)
    {
        if (services.FirstOrDefault(service => service.ImplementationType?.FullName == Preloading) is { } preloading)
            services.Remove(preloading);
    }

    private static string BesideStore(ConfigurationManager configuration)
    {
        var file = configuration[$"{SqliteStoreOptions.Section}:{nameof(SqliteStoreOptions.Path)}"] ?? new SqliteStoreOptions().Path;
        return Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, Folder);
    }

    /// <summary>Makes the folder before the first key is written to it, when the node starts and not before.</summary>
    private sealed partial class PrivateFolder(DirectoryInfo folder, ILogger<PrivateFolder> logger) : IHostedLifecycleService
    {
        /// <summary>Whether it is in order that other nodes do not see the folder.</summary>
        public required bool MayBeAlone { get; init; }

        public Task StartingAsync(CancellationToken cancellationToken)
        {
            PrivateFiles.MakeFolder(folder.FullName);
            if (!MayBeAlone)
                LogAlone(folder.FullName);
            return Task.CompletedTask;
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        [LoggerMessage(1, LogLevel.Information,
            "Log-ins on the pages hold on nodes that share the folder {Folder}; several nodes behind one address name one folder as ActorJobs:SessionKeys")]
        private partial void LogAlone(string folder);
    }
}
