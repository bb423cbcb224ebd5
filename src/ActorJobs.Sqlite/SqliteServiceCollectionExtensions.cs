using ActorJobs.Actors.Stores;
using ActorJobs.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

// found where services are registered
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the embedded store.</summary>
public static class SqliteServiceCollectionExtensions
{
    /// <summary>Stores everything in one SQLite file; options come from <c>ActorJobs:Sqlite</c>, then from <paramref name="configure"/>.</summary>
    public static IServiceCollection UseSqliteStore(this IServiceCollection services, Action<SqliteStoreOptions>? configure = null)
    {
        services.AddOptions<SqliteStoreOptions>().BindConfiguration(SqliteStoreOptions.Section);
        if (configure is not null)
            services.Configure(configure);
        services.RemoveAll<IEntityStore>();
        services.AddSingleton<IEntityStore>(provider => new SqliteEntityStore(provider.GetRequiredService<IOptions<SqliteStoreOptions>>().Value));
        return services;
    }
}
