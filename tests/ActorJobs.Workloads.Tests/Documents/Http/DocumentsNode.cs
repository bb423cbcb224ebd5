using System.Text.Json;

namespace ActorJobs.Workloads.Tests.Documents.Http;

/// <summary>A node with the document workload alone: the engine on the memory store and the front door, on a free port.</summary>
internal sealed class DocumentsNode : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string scratch;

    private DocumentsNode(WebApplication app, string scratch) => (this.app, this.scratch) = (app, scratch);

    public HttpClient Http { get; private set; } = null!;

    public IServiceProvider Services => app.Services;

    public string Source => Path.Combine(scratch, "source");

    public static async Task<DocumentsNode> StartAsync(Action<IServiceCollection>? add = null)
    {
        var scratch = Directory.CreateTempSubdirectory("actorjobs-documents-node-").FullName;
        Directory.CreateDirectory(Path.Combine(scratch, "source"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddActorJobsApi();
        builder.Services.AddActorJobs(jobs => jobs.AddDocuments(options =>
        {
            options.Root = Path.Combine(scratch, "indexes");
            options.Folders["notes"] = Path.Combine(scratch, "source");
            options.SliceSize = 1;
        }));
        add?.Invoke(builder.Services);
        var node = new DocumentsNode(builder.Build(), scratch);
        node.app.MapActorJobs();
        await node.app.StartAsync();
        node.Http = new HttpClient { BaseAddress = new Uri(node.app.Urls.First()) };
        return node;
    }

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Source, name), text);

    public async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (text.Length == 0)
            return ((int)response.StatusCode, default);
        if ((int)response.StatusCode >= 400)
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return ((int)response.StatusCode, JsonSerializer.Deserialize<JsonElement>(text));
    }

    /// <summary>Rebuilds over the front door and waits for the job's end by its event stream.</summary>
    public async Task<JsonElement> RebuildAsync(string index)
    {
        var (status, accepted) = await SendAsync(HttpMethod.Post, $"/api/v1/indexes/{index}/rebuild");
        Assert.Equal(202, status);
        var id = accepted.GetProperty("id").GetString();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using (var stream = await Http.GetStreamAsync(new Uri($"/api/v1/jobs/{id}/watch", UriKind.Relative), deadline.Token))
            await stream.CopyToAsync(Stream.Null, deadline.Token);
        var (_, job) = await SendAsync(HttpMethod.Get, $"/api/v1/jobs/{id}");
        Assert.True(job.GetProperty("state").GetString() == "Completed", job.GetRawText());
        return job.GetProperty("result");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        Directory.Delete(scratch, recursive: true);
    }
}
