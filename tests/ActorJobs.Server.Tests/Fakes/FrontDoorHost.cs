using System.Text;
using System.Text.Json;
using ActorJobs.Actors.Stores;
using ActorJobs.AspNetCore;
using ActorJobs.Client;
using ActorJobs.Cluster;
using ActorJobs.TestKit.Time;

namespace ActorJobs.Server.Tests;

/// <summary>An application that maps the front door over a fake engine, on a free port of this machine.</summary>
public sealed class FrontDoorHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private FrontDoorHost(WebApplication app, FakeEngine engine, FakeTimeProvider time, FakeAuditLog audit)
    {
        (this.app, Engine, Time, Audit) = (app, engine, time, audit);
        Http = NewHttp();
        Client = new ActorJobsClient(Http);
    }

    public FakeEngine Engine { get; }

    /// <summary>Stands still unless a test moves it.</summary>
    public FakeTimeProvider Time { get; }

    public FakeAuditLog Audit { get; }

    /// <summary>A browser or program without credentials.</summary>
    public HttpClient Http { get; }

    public ActorJobsClient Client { get; }

    public Uri Address => new(app.Urls.First() + "/");

    public static async Task<FrontDoorHost> StartAsync(
        Dictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null, string prefix = "", Action<WebApplication>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddRouting();
        var (engine, time) = (new FakeEngine(), new FakeTimeProvider(FakeEngine.Start));
        builder.Services.AddSingleton<IJobClient>(engine).AddSingleton<IJobQueries>(engine).AddSingleton<IQueueControl>(engine);
        var audit = new FakeAuditLog();
        builder.Services.AddSingleton<IBulkActions>(engine.Bulk).AddSingleton<IAuditLog>(audit);
        builder.Services.AddSingleton<IClusterNodes, FakeClusterNodes>();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(new NodeStatus(
            "n1", () => "memory", FakeEngine.Start, 64, new StoreHealth(TimeProvider.System), () => [], () => engine.IsReady));
        builder.Services.AddActorJobsApi();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        configure?.Invoke(app);
        app.MapActorJobs(prefix);
        await app.StartAsync();
        return new FrontDoorHost(app, engine, time, audit);
    }

    /// <summary>Another client, with headers for each request.</summary>
    public HttpClient NewHttp(params (string Name, string Value)[] headers)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        foreach (var (name, value) in headers)
            http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        return http;
    }

    /// <summary>Sends a body as it is and answers with the status and the JSON that came back.</summary>
    public async Task<(int Status, JsonElement Json, HttpResponseMessage Response)> PostAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await ReadAsync(await Http.SendAsync(request));
    }

    public async Task<(int Status, JsonElement Json, HttpResponseMessage Response)> GetAsync(string path) =>
        await ReadAsync(await Http.GetAsync(path));

    public static async Task<(int Status, JsonElement Json, HttpResponseMessage Response)> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text), response);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
