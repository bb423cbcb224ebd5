using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using ActorJobs.Actors;
using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Actors.Stores.Memory;
using ActorJobs.Builtin;
using ActorJobs.Bulk;
using ActorJobs.Cluster;
using ActorJobs.DeadLetters;
using ActorJobs.Hosting;
using ActorJobs.Hosting.Settings;
using ActorJobs.Pools;
using ActorJobs.Pools.Isolated;
using ActorJobs.Pools.Remote;
using ActorJobs.Schedules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorJobs;

/// <summary>Adds ActorJobs to an application.</summary>
public static class ActorJobsServiceCollectionExtensions
{
    /// <summary>Registers the engine and what <paramref name="configure"/> adds. May be called several times; the calls add up.</summary>
    /// <remarks>
    /// Registers <see cref="IJobClient"/>, <see cref="IWorkflowClient"/>, <see cref="ISchedules"/>, <see cref="IJobQueries"/>, <see cref="IQueueControl"/>, <see cref="IBulkActions"/>, <see cref="IDeadLetters"/>,
    /// <see cref="IRemoteWork"/>, <see cref="IEntityClient"/> and a hosted service
    /// that starts the node with the application and drains it at its end. The store is the one that a <c>Use...</c> method has chosen, else one in
    /// memory.
    /// </remarks>
    public static IServiceCollection AddActorJobs(this IServiceCollection services, Action<ActorJobsBuilder> configure)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IEntityStore, MemoryEntityStore>();
        var builder = new ActorJobsBuilder(services);
        if (services.All(service => service.ServiceType != typeof(JobsNode)))
        {
            services.AddOptions<ActorJobsOptions>().BindSettings(ActorJobsOptions.Section);
            services.AddSingleton<IValidateOptions<ActorJobsOptions>, HandlerSettings>();
            services.AddSingleton<IValidateOptions<ActorJobsOptions>, PoolRules>();
            services.AddSingleton(provider => new JobsNode(SetupOf(provider)));
            services.AddHostedService<JobsNodeLifetime>();
            services.AddSingleton<IJobClient>(provider => provider.GetRequiredService<JobsNode>().Client);
            services.AddSingleton<IWorkflowClient>(provider => provider.GetRequiredService<JobsNode>().Workflows);
            services.AddSchedules();
            services.AddSingleton<ISchedules>(provider => provider.GetRequiredService<JobsNode>().Schedules);
            services.AddSingleton<IJobQueries>(provider => provider.GetRequiredService<JobsNode>().Queries);
            services.AddSingleton<IQueueControl>(provider => provider.GetRequiredService<JobsNode>().Control);
            services.AddSingleton<IBulkActions, BulkActions>();
            services.AddSingleton<IDeadLetters, DeadLetterReader>();
            services.AddSingleton(provider => provider.GetRequiredService<JobsNode>().Client);
            services.AddSingleton<IEntityClient>(provider => provider.GetRequiredService<JobsNode>().Entities);
            services.AddSingleton<IRemoteWork>(provider => provider.GetRequiredService<JobsNode>().Remote);
            services.AddSingleton(provider => provider.GetRequiredService<JobsNode>().Leases);
            services.AddSingleton(provider => provider.GetRequiredService<JobsNode>().Status);
            services.AddSingleton(provider => provider.GetRequiredService<JobsNode>().Nodes);
            services.AddSingleton(provider => provider.GetRequiredService<JobsNode>().Orders);
            services.AddSingleton(provider => provider.GetRequiredService<JobsNode>().Gauges);
            services.TryAddSingleton<NodeAddress>();
            services.AddSingleton(provider => new ClusterSecret(provider.GetRequiredService<IOptions<ActorJobsOptions>>().Value.Cluster.Secret));
            services.AddSingleton(provider => new ClusterSignature(provider.GetRequiredService<ClusterSecret>().Value, provider.GetRequiredService<TimeProvider>()));
            services.AddSingleton<IPeerTransport, HttpPeerTransport>();
            builder.AddBuiltinKinds();
        }

        configure(builder);
        return services;
    }

    // a store in which nodes can meet makes this one a node of a cluster, if only of itself
    private static ClusterSetup? ClusterOf(IServiceProvider provider)
    {
        if (provider.GetService<IMembershipStore>() is not { } members)
            return null;
        var secret = provider.GetRequiredService<ClusterSecret>();
        return new ClusterSetup(members, provider.GetRequiredService<IPeerTransport>())
        {
            MayMeetOthers = secret.IsShared,
            SecretMark = secret.Mark,
        };
    }

    private static JobsNodeSetup SetupOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<ActorJobsOptions>>().Value;
        var kinds = provider.GetServices<JobKind>().ToArray();
        if (kinds.GroupBy(kind => kind.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InvalidOperationException($"The kind '{twice.Key}' is registered {twice.Count()} times; a kind has one handler.");
        kinds = [.. kinds, .. RemoteKinds.Of(options, kinds, provider.GetService<IConfiguration>())];
        var address = provider.GetRequiredService<NodeAddress>();
        return new JobsNodeSetup(
            options, NodeName.Of(options), provider.GetRequiredService<IEntityStore>(), kinds.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal), provider)
        {
            Time = provider.GetRequiredService<TimeProvider>(),
            Entities = [.. provider.GetServices<EntityKind>()],
            Url = () => options.Cluster.Url ?? address.Url,
            Cluster = ClusterOf(provider),
            Leave = () => provider.GetService<IHostApplicationLifetime>()?.StopApplication(),
            Log = provider.GetRequiredService<ILoggerFactory>().CreateLogger("ActorJobs.Jobs"),
            Isolated = provider.GetService<IsolatedCommand>(),
            Meters = provider.GetService<IMeterFactory>(),
            OnActorEvent = new ActorEventLog(provider.GetRequiredService<ILogger<ActorSystem>>()).Log,
        };
    }
}
