using System.Text.Json;
using ActorJobs.AspNetCore;
using ActorJobs.Workloads.Scraping;
using ActorJobs.Workloads.Tests.Scraping.Steps;

namespace ActorJobs.Workloads.Tests.Scraping;

/// <summary>The workload as a node hosts it, on a free port, with its sample site and a database of its own; only the engine is a fake.</summary>
internal sealed class ScrapingNode : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string folder;

    private ScrapingNode(WebApplication app, string folder) => (this.app, this.folder) = (app, folder);

    public FakeEngine Engine { get; } = new();

    public IServiceProvider Services => app.Services;

    public HttpClient Http { get; private set; } = null!;

    public string Root => app.Urls.First();

    public static async Task<ScrapingNode> StartAsync(Action<IServiceCollection>? services = null, Action<ScrapingOptions>? options = null)
    {
        var folder = Directory.CreateTempSubdirectory("scraping-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddProblemDetails();
        services?.Invoke(builder.Services);
        builder.Services.AddActorJobs(jobs => jobs.AddScraping(scraping =>
        {
            scraping.Path = Path.Combine(folder, "scraping.db");
            scraping.HostDelay = TimeSpan.Zero;
            scraping.AllowedAddresses.Add("127.0.0.0/8");
            options?.Invoke(scraping);
        }));
        ScrapingNode? node = null;
        builder.Services.AddSingleton<IJobClient>(_ => node!.Engine);
        var app = builder.Build();
        node = new ScrapingNode(app, folder);
        foreach (var module in app.Services.GetServices<IActorJobsModule>())
        {
            module.MapApi(app.MapGroup("/api/v1"));
            module.MapPages(app.MapGroup(""));
        }

        await app.StartAsync();
        node.Http = new HttpClient { BaseAddress = new Uri(node.Root) };
        return node;
    }

    /// <summary>Starts a run over the front door and runs its jobs to the end.</summary>
    public async Task<JsonElement> ScrapeAsync(bool enrich, params string[] companies)
    {
        var id = await StartScrapeAsync(enrich, companies);
        await Engine.RunAllAsync(Services);
        return await GetAsync($"/api/v1/scrapes/{id}");
    }

    public async Task<string> StartScrapeAsync(bool enrich, params string[] companies)
    {
        using var response = await Http.PostAsJsonAsync("/api/v1/scrapes", new { companies, enrich, user = "ada" });
        Assert.Equal(System.Net.HttpStatusCode.Accepted, response.StatusCode);
        var accepted = await response.Content.ReadFromJsonAsync<JsonElement>();
        return accepted.GetProperty("id").GetString()!;
    }

    public Task<JsonElement> GetAsync(string path) => Http.GetFromJsonAsync<JsonElement>(path);

    public string Sample(string company) => $"{Root}/samples/{company}/";

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
