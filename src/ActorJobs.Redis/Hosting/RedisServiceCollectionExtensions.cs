using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Stores;
using ActorJobs.Redis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

// found where services are registered
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the shared store.</summary>
public static class RedisServiceCollectionExtensions
{
    /// <summary>Stores everything in Redis, where several nodes share it. The options are checked when the application starts.</summary>
    /// <returns>
    /// The options, to be filled: <c>BindSettings(RedisStoreOptions.Section)</c> reads them from the configuration as the node does, with durations in every
    /// form; <c>Configure</c> sets them in code.
    /// </returns>
    public static OptionsBuilder<RedisStoreOptions> UseRedisStore(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisStoreOptions>, RedisStoreOptionsValidator>());
        services.RemoveAll<IEntityStore>();
        services.RemoveAll<IMembershipStore>();
        services.AddSingleton(provider => new RedisEntityStore(
            provider.GetRequiredService<IOptions<RedisStoreOptions>>().Value, provider.GetService<TimeProvider>(), provider.GetService<ILogger<RedisEntityStore>>()));
        services.AddSingleton<IEntityStore>(provider => provider.GetRequiredService<RedisEntityStore>());
        services.AddSingleton<IMembershipStore, RedisMembershipStore>();
        return services.AddOptions<RedisStoreOptions>().ValidateOnStart();
    }
}
