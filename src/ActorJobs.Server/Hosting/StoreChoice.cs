using ActorJobs.AspNetCore;
using ActorJobs.Redis;
using ActorJobs.Sqlite;
using Microsoft.Extensions.Options;

namespace ActorJobs.Server;

/// <summary>Chooses the store that <c>ActorJobs:Store</c> names.</summary>
internal static class StoreChoice
{
    public const string Key = "ActorJobs:Store";

    public static void UseConfiguredStore(this WebApplicationBuilder builder)
    {
        switch (builder.Configuration[Key]?.ToLowerInvariant())
        {
            case null or "" or "sqlite":
                builder.Services.UseSqliteStore();
                builder.Services.AddSingleton<INodeCheck>(StoreDisk);
                builder.Services.AddSingleton<IStoreBackup, SqliteBackups>();
                break;
            case "memory":
                break;
            case "redis":
                builder.Services.UseRedisStore().BindSettings(RedisStoreOptions.Section);
                break;
            case var other:
                throw new SettingsException($"{Key}: '{other}' is no store; use sqlite, redis or memory.");
        }
    }

    /// <summary>For <c>actorjobs doctor</c>: a full disk stops every commit.</summary>
    private static DiskCheck StoreDisk(IServiceProvider services)
    {
        var file = Path.GetFullPath(services.GetRequiredService<IOptions<SqliteStoreOptions>>().Value.Path);
        return new DiskCheck("store disk", Path.GetDirectoryName(file)!);
    }
}

/// <summary>A setting with which the node cannot start.</summary>
internal sealed class SettingsException(string message) : Exception(message);
