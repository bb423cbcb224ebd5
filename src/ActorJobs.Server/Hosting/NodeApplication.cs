using ActorJobs.AspNetCore;
using ActorJobs.Redis;
using ActorJobs.Sqlite;
using Microsoft.Extensions.Options;

namespace ActorJobs.Server;

/// <summary>Puts the libraries together to a node. This is all there is to it: an application of your own does the same.</summary>
internal static class NodeApplication
{
    // settings hold for the life of a process; the host's watcher of its folder would wake for each write to the store below it
    private const string NoWatching = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>The node, not started; nothing has touched the store or the network.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="settings">Settings that win over all others.</param>
    /// <param name="services">Services that win over the node's own.</param>
    public static WebApplication Build(string[] args, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateBuilder([.. args, NoWatching]);
        builder.AddNodeSettings(settings);
        builder.AddNodeLogging();
        builder.Services.AddActorJobs(jobs => jobs.AddScraping().AddDocuments().AddConversations());
        builder.UseConfiguredStore();
        builder.Services.AddActorJobsApi();
        builder.Services.AddSingleton<IActorJobsModule, LostAddresses>();
        builder.Services.AddSingleton<ISettingPlaces, HoconPlaces>();
        builder.KeepSessionKeys();
        builder.Services.AddOptions<TelemetryOptions>().BindSettings(TelemetryOptions.Section);
        builder.Services.AddHostedService<NodeTelemetry>();
        builder.Services.AddHostedService<ServiceNotice>();
        builder.Services.AddHostedService<HeapTrimming>();
        builder.Services.RefuseUnknownSettings(new Dictionary<string, Type?>
        {
            ["Store"] = null,
            ["SessionKeys"] = null,
            ["Handlers"] = null,
            ["Sqlite"] = typeof(SqliteStoreOptions),
            ["Redis"] = typeof(RedisStoreOptions),
        });
        services?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>
    /// Checks all settings at once, then starts. A node whose front door cannot open (the port is taken) is stopped in order: it has a store by then.
    /// </summary>
    public static async Task StartNodeAsync(this WebApplication app)
    {
        app.Services.GetService<IStartupValidator>()?.Validate();
        // whatever cannot be made fails here, before anything is started
        _ = app.Services.GetRequiredService<NodeStatus>();
        app.MapActorJobs();
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.StopAsync();
            throw;
        }
    }
}
