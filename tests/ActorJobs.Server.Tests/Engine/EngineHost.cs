using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Engine;

/// <summary>The front door over the real engine with its store in memory, on a free port of this machine.</summary>
public sealed class EngineHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private EngineHost(WebApplication app)
    {
        this.app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First() + "/") };
        Client = new ActorJobsClient(Http);
    }

    public HttpClient Http { get; }

    public ActorJobsClient Client { get; }

    public static async Task<EngineHost> StartAsync(Action<ActorJobsBuilder>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Critical); // none at all would also switch off the web server's reading of traces
        builder.Services.AddRouting();
        builder.Services.AddActorJobs(configure ?? (_ => { }));
        builder.Services.AddActorJobsApi();
        var app = builder.Build();
        app.MapActorJobs();
        await app.StartAsync();
        return new EngineHost(app);
    }

    /// <summary>The job once it has ended.</summary>
    public async Task<Job> EndOfAsync(string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var last = "nothing";
        try
        {
            await foreach (var job in Client.WatchJobAsync(id, patience.Token))
            {
                last = job.State;
                if (job.HasEnded())
                    return job;
            }
        }
        catch (OperationCanceledException)
        {
            var why = await Client.WhyAsync(id);
            throw new Xunit.Sdk.XunitException($"Job {id} did not end in time; last seen: {last}; now {why.State}: {why.Summary} {string.Join(' ', why.Reasons)}");
        }

        throw new Xunit.Sdk.XunitException($"The stream of job {id} ended before the job; last seen: {last}.");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
