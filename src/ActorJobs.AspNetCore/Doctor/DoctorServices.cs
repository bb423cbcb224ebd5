using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ActorJobs.AspNetCore;

/// <summary>Registers the built-in checks, in the order they are told.</summary>
internal static class DoctorServices
{
    public static IServiceCollection AddNodeChecks(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<INodeCheck, StoreCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<INodeCheck, ClusterCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<INodeCheck, QueueCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<INodeCheck, ActorCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<INodeCheck, AccessCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<INodeCheck, MemoryCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<INodeCheck, LogCheck>());
        return services;
    }
}
