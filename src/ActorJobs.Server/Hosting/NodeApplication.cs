using Microsoft.Extensions.Options;

namespace ActorJobs.Server;

/// <summary>Puts the libraries together to a node. This is all there is to it: an application of your own does the same.</summary>
internal static class NodeApplication
{
    /// <summary>The node, not started; nothing has touched the store or the network.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="settings">Settings that win over all others.</param>
    public static WebApplication Build(string[] args, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddNodeSettings(settings);
        builder.AddNodeLogging();
        builder.Services.AddActorJobs(jobs => jobs.AddScraping().AddDocuments());
        builder.UseConfiguredStore();
        builder.Services.AddActorJobsApi();
        // the node itself ends running jobs at its deadline; the host must not give up before
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<ActorJobsOptions>>(
            (host, jobs) => host.ShutdownTimeout = jobs.Value.Shutdown.Deadline + TimeSpan.FromSeconds(20));
        return builder.Build();
    }

    /// <summary>Checks all settings at once, then starts. What cannot start is stopped again, so that nothing stays half open.</summary>
    public static async Task StartNodeAsync(this WebApplication app)
    {
        app.Services.GetService<IStartupValidator>()?.Validate();
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
