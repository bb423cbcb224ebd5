using ActorJobs.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorJobs.Schedules;

/// <summary>Adds what sees to configured schedules.</summary>
internal static class ScheduleServices
{
    public static void AddSchedules(this IServiceCollection services)
    {
        services.AddOptions<ScheduleOptions>().BindSettings(ActorJobsOptions.Section);
        services.AddSingleton<IValidateOptions<ScheduleOptions>, ScheduleOptionsCheck>();
        services.AddSingleton<IHostedService>(provider =>
        {
            var node = provider.GetRequiredService<JobsNode>();
            return new ScheduleReconciler(
                node.Schedules,
                node.StoredSchedules,
                provider.GetRequiredService<IOptions<ScheduleOptions>>().Value,
                provider.GetRequiredService<IOptions<ActorJobsOptions>>().Value.Node.Has(NodeRoles.Host),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<ScheduleReconciler>>());
        });
    }
}
