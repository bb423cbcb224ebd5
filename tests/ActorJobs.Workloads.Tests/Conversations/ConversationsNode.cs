using System.Net.Http.Headers;
using System.Text.Json;
using ActorJobs.Workloads.Conversations;

namespace ActorJobs.Workloads.Tests.Conversations;

/// <summary>The workload as a node hosts it: the real engine on the real SQLite store and the real front door, on a free port.</summary>
internal sealed class ConversationsNode : IAsyncDisposable
{
    public const string Secret = "app-secret-of-the-tests";
    public const string VerifyToken = "verify-token-of-the-tests";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication app;
    private readonly string folder;
    private readonly bool ownsFolder;

    private ConversationsNode(WebApplication app, string folder, bool ownsFolder) => (this.app, this.folder, this.ownsFolder) = (app, folder, ownsFolder);

    public HttpClient Http { get; private set; } = null!;

    public IServiceProvider Services => app.Services;

    public string Folder => folder;

    public string CataloguePath => Path.Combine(folder, "catalogue.yaml");

    public LogLines Logs { get; private init; } = null!;

    public static async Task<ConversationsNode> StartAsync(Action<ConversationsOptions>? options = null, string? folder = null, Action<IServiceCollection>? services = null)
    {
        var owns = folder is null;
        folder ??= Directory.CreateTempSubdirectory("conversations-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddActorJobsApi();
        services?.Invoke(builder.Services);
        if (!File.Exists(Path.Combine(folder, "catalogue.yaml")))
            File.Copy(Catalogues.ShippedPath, Path.Combine(folder, "catalogue.yaml"));
        builder.Services.AddActorJobs(jobs => jobs.AddConversations(conversations =>
        {
            conversations.Catalogue = Path.Combine(folder, "catalogue.yaml");
            conversations.AppSecret = Secret;
            conversations.VerifyToken = VerifyToken;
            conversations.WorkSweep = TimeSpan.FromMilliseconds(200);
            options?.Invoke(conversations);
        }));
        builder.Services.UseSqliteStore(store => store.Path = Path.Combine(folder, "actorjobs.db"));
        var logs = new LogLines();
        builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        var node = new ConversationsNode(builder.Build(), folder, owns) { Logs = logs };
        node.app.MapActorJobs();
        await node.app.StartAsync();
        node.Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(node.app.Urls.First()) };
        return node;
    }

    public async Task<HttpResponseMessage> PostWebhookAsync(byte[] body, string? signature = null)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, WebhookEndpoints.Path) { Content = content };
        request.Headers.Add(WebhookSignature.Header, signature ?? WebhookSignature.Of(body, Secret));
        return await Http.SendAsync(request);
    }

    public async Task HearAsync(byte[] body)
    {
        using var response = await PostWebhookAsync(body);
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
    }

    public Task<JsonElement> GetAsync(string path) => Http.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Waits, by the conversation's own changes, until it is as wanted.</summary>
    public async Task<ConversationState> WhenAsync(string customer, Func<ConversationState, bool> wanted, string business = Payloads.Business)
    {
        var id = new ConversationId(business, customer);
        var feed = Services.GetRequiredService<ConversationFeed>();
        var reading = Services.GetRequiredService<ConversationReading>();
        using var changes = feed.Subscribe(id.ToString());
        using var deadline = new CancellationTokenSource(Patience);
        ConversationState? last = null;
        while (true)
        {
            last = (await reading.FindAsync(id, CancellationToken.None))?.State ?? last;
            if (last is not null && wanted(last))
                return last;
            try
            {
                await changes.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"{id} did not become as wanted within {Patience}: {JsonSerializer.Serialize(last)}");
            }
        }
    }

    public Task<ConversationState> WhenQuietAsync(string customer) => WhenAsync(customer, state => !state.HasWork);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (ownsFolder)
            Directory.Delete(folder, recursive: true);
    }
}

/// <summary>Everything that was logged.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> lines = new();

    public IEnumerable<string> All => lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
