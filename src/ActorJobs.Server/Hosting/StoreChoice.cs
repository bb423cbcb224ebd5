using ActorJobs.Redis;

namespace ActorJobs.Server;

/// <summary>Chooses the store that <c>ActorJobs:Store</c> names.</summary>
internal static class StoreChoice
{
    private const string Key = "ActorJobs:Store";

    public static void UseConfiguredStore(this WebApplicationBuilder builder)
    {
        switch (builder.Configuration[Key]?.ToLowerInvariant())
        {
            case null or "" or "sqlite":
                builder.Services.UseSqliteStore();
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
}

/// <summary>A setting with which the node cannot start.</summary>
internal sealed class SettingsException(string message) : Exception(message);
