using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ActorJobs.AspNetCore;

/// <summary>Registers what the log routes need.</summary>
internal static class LogServices
{
    public static IServiceCollection AddLogRoutes(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(LogLevels)))
            return services;
        services.AddSingleton<LogMemory>();
        services.AddSingleton<LogLevels>();
        services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>>(provider => provider.GetRequiredService<LogLevels>());
        services.AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(provider => provider.GetRequiredService<LogLevels>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, LogMemoryProvider>());
        return services;
    }
}
