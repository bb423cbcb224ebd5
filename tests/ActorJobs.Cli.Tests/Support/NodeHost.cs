using System.Security.Cryptography;
using System.Text;
using ActorJobs.AspNetCore;
using ActorJobs.Client;

namespace ActorJobs.Cli.Tests;

/// <summary>A whole node with its store in memory, on a free port of this machine.</summary>
internal sealed class NodeHost : IAsyncDisposable
{
    public const string ViewerKey = "viewer-secret-1", OperatorKey = "operator-secret-2", AdminKey = "admin-secret-3";

    private readonly WebApplication app;

    private NodeHost(WebApplication app)
    {
        this.app = app;
        Http = new HttpClient { BaseAddress = new Uri(Url + "/") };
        Client = new ActorJobsClient(Http);
    }

    public string Url => app.Urls.First();

    public HttpClient Http { get; }

    public ActorJobsClient Client { get; }

    public IServiceProvider Services => app.Services;

    /// <param name="withKeys">Whether keys are configured: one for each role.</param>
    /// <param name="configure">More kinds.</param>
    /// <param name="settings">More settings.</param>
    /// <param name="services">Another store than memory.</param>
    public static async Task<NodeHost> StartAsync(
        bool withKeys = false, Action<ActorJobsBuilder>? configure = null, Dictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        if (withKeys)
            builder.Configuration.AddInMemoryCollection(Keys());
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.AddRouting();
        builder.Services.AddActorJobs(configure ?? (_ => { }));
        builder.Services.AddSingleton<IActorJobsModule, MailModule>();
        builder.Services.AddActorJobsApi();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapActorJobs();
        await app.StartAsync();
        return new NodeHost(app);
    }

    public async Task<Job> EndOfAsync(string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await foreach (var job in Client.WatchJobAsync(id, patience.Token))
            if (job.HasEnded())
                return job;
        throw new Xunit.Sdk.XunitException($"The stream of job {id} ended before the job.");
    }

    /// <summary>A job that has used up its attempts.</summary>
    public async Task DieAsync(string id, string message)
    {
        await Client.SubmitAsync(SubmitJob.Of("builtin.fail", new { times = 99, message }) with { Id = id, MaxAttempts = 1 });
        Assert.Equal("Discarded", (await EndOfAsync(id)).State);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static Dictionary<string, string?> Keys() => new(
        new[] { (ViewerKey, "viewer"), (OperatorKey, "operator"), (AdminKey, "admin") }.SelectMany((key, index) => new KeyValuePair<string, string?>[]
        {
            new($"ActorJobs:Keys:{index}:Name", key.Item2),
            new($"ActorJobs:Keys:{index}:Hash", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.Item1)))),
            new($"ActorJobs:Keys:{index}:Role", key.Item2),
        }));

    /// <summary>Commands of an application's own.</summary>
    private sealed class MailModule : IActorJobsModule
    {
        public IReadOnlyList<NavigationLink> Navigation { get; } = [];

        public void MapApi(RouteGroupBuilder api)
        {
            api.MapGet("/mails/{box}", (string box, int? limit) => Results.Json(new { items = Enumerable.Range(1, limit ?? 2).Select(number => new { box, number }) }))
                .WithCommand("mail", "list", "Mails of a box", new PaletteParameter("limit", "query") { Type = "integer", Summary = "How many" });
            api.MapPost("/mails/{box}", (string box, Letter letter) => Results.Json(new { box, letter.Text }))
                .WithCommand("mail", "send", "Send a mail", new PaletteParameter("text", "body") { Required = true });
        }

        public void MapPages(RouteGroupBuilder pages)
        {
        }

        private sealed record Letter(string Text);
    }
}
