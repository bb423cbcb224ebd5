using System.Diagnostics.Metrics;
using ActorJobs.Actors.Entities;
using ActorJobs.AspNetCore;
using ActorJobs.Cluster;
using ActorJobs.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ActorJobs;

/// <summary>Adds the front door to an application.</summary>
public static class ActorJobsApiExtensions
{
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(10); // for connections, after the drain

    /// <summary>
    /// Registers what <c>MapActorJobs</c> needs. May be called several times.
    /// </summary>
    /// <remarks>
    /// Registers: access options bound from the section <c>ActorJobs</c> and checked at the start, data protection, anti-forgery, the renderer of
    /// Razor components, health checks, what <c>/metrics</c> collects, a memory of the last log lines with levels that can be set at run time, the checks of
    /// <c>actorjobs doctor</c>, the OpenAPI document, and the system's <see cref="TimeProvider"/> where there is none. The engine
    /// (<see cref="IJobClient"/>, <see cref="IJobQueries"/>, <see cref="IQueueControl"/>) comes from <c>AddActorJobs</c>. The host's <c>ShutdownTimeout</c> is raised to
    /// 10 seconds more than the node may drain (<c>ActorJobs:Shutdown:Deadline</c>) where it is less.
    /// </remarks>
    public static IServiceCollection AddActorJobsApi(this IServiceCollection services)
    {
        services.AddOptions<AccessOptions>().BindSettings(ActorJobsOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>());
        services.AddDataProtection();
        services.AddAntiforgery(options => options.Cookie.Name = "actorjobs-forms");
        services.AddRazorComponents();
        services.AddHealthChecks();
        services.AddOptions<HostOptions>().PostConfigure<IOptions<ActorJobsOptions>>(GiveTimeToDrain);
        services.TryAddSingleton(provider => new RoleHealth(
            provider.GetRequiredService<NodeStatus>(), provider.GetRequiredService<IOptions<ActorJobsOptions>>(), provider.GetService<IClusterNodes>()));
        services.AddMetrics();
        services.TryAddSingleton(provider => new MetricsCollection(
            provider.GetRequiredService<IMeterFactory>(), provider.GetRequiredService<TimeProvider>(), provider.GetService<NodeGauges>()));
        services.AddFrontDoorDocument();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<NodeAddress>();
        services.AddHostedService<ListeningAddress>();
        services.TryAddSingleton<KeyRing>();
        services.TryAddSingleton<KeySession>();
        services.TryAddSingleton<FailedLogins>();
        services.TryAddSingleton<AccessGate>();
        services.TryAddSingleton<FrontDoor>();
        services.TryAddSingleton(_ => BodyBudget.OfMemory(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes));
        services.TryAddSingleton(_ => new PeerAdmission());
        services.TryAddSingleton(_ => new OpenStreams());
        services.TryAddSingleton<LiveRendering>();
        services.TryAddScoped<PageState>();
        services.AddLogRoutes();
        services.AddNodeChecks();
        services.TryAddSingleton(provider => new SettingOrigins(provider.GetRequiredService<IConfiguration>(), provider.GetServices<ISettingPlaces>()));
        services.TryAddSingleton(provider => new AuditIds(provider.GetRequiredService<NodeStatus>(), provider.GetRequiredService<IClusterNodes>()));
        services.AddOptions<AuditOptions>().BindSettings(AuditOptions.Section);
        if (services.All(service => service.ServiceType != typeof(IAuditLog)))
        {
            services.AddSingleton<IAuditLog, AuditLog>();
            services.AddSingleton<EntityKind>(
                new EntityKind<AuditState, AuditCommand, AuditEvent>(AuditDecider.Kind, new AuditDecider(), AuditDecider.Codec) { Replies = [typeof(AuditReply)] });
        }

        return services;
    }

    // a host that gives up sooner would end the drain before its deadline
    private static void GiveTimeToDrain(HostOptions host, IOptions<ActorJobsOptions> node)
    {
        try
        {
            if (host.ShutdownTimeout < node.Value.Shutdown.Deadline + StopMargin)
                host.ShutdownTimeout = node.Value.Shutdown.Deadline + StopMargin;
        }
        catch (OptionsValidationException)
        {
            // a host asks for this before it starts anything; at the start all wrong settings are told together
        }
    }
}
