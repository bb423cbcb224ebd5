using Microsoft.Extensions.DependencyInjection;

namespace ActorJobs;

/// <summary>Adds ActorJobs to an application.</summary>
public static class ActorJobsServiceCollectionExtensions
{
    /// <summary>Registers the engine and what <paramref name="configure"/> adds. May be called several times; the calls add up.</summary>
    public static IServiceCollection AddActorJobs(this IServiceCollection services, Action<ActorJobsBuilder> configure)
    {
        services.AddOptions<ActorJobsOptions>();
        configure(new ActorJobsBuilder(services));
        return services;
    }
}
