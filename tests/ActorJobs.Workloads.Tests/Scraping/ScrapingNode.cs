using System.Text.Json;
using ActorJobs.Workloads.Scraping;
using ActorJobs.Workloads.Tests.Scraping.Steps;

namespace ActorJobs.Workloads.Tests.Scraping;

/// <summary>The workload as a node hosts it, on a free port, with its sample site and a database of its own; by default with a fake engine, which a test runs step by step.</summary>
internal sealed class ScrapingNode : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string folder;

    private ScrapingNode(WebApplication app, string folder) => (this.app, this.folder) = (app, folder);

    public required FakeEngine Engine { get; init; }

    public IServiceProvider Services => app.Services;

    public HttpClient Http { get; private set; } = null!;

    public string Root => app.Urls.First();

    public static async Task<ScrapingNode> StartAsync(
        Action<IServiceCollection>? services = null, Action<ScrapingOptions>? options = null, EngineKind engine = EngineKind.Fake)
    {
        var folder = Directory.CreateTempSubdirectory("scraping-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddActorJobsApi();
        services?.Invoke(builder.Services);
        builder.Services.AddActorJobs(jobs => jobs.AddScraping(scraping =>
        {
            scraping.Path = Path.Combine(folder, "scraping.db");
            scraping.HostDelay = TimeSpan.Zero;
            scraping.HostBackoff = TimeSpan.FromMilliseconds(10);
            scraping.AllowedAddresses.Add("127.0.0.0/8");
            options?.Invoke(scraping);
        }));
        var fake = new FakeEngine();
        if (engine == EngineKind.Fake)
            builder.Services.AddSingleton<IJobClient>(fake);
        var app = builder.Build();
        var node = new ScrapingNode(app, folder) { Engine = fake };
        app.MapActorJobs();
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

/// <summary>What runs the jobs of a <see cref="ScrapingNode"/>.</summary>
internal enum EngineKind
{
    /// <summary>The test, one job after another.</summary>
    Fake,

    /// <summary>The engine, with its store in memory.</summary>
    Real,
}
