using System.Text.Json;
using ActorJobs.Client;
using ActorJobs.TestKit.Processes;
using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents.Node;

/// <summary>The ready-made node as a process of its own, on the embedded store with <c>fsync</c>, over folders that outlive it: killed, and started again.</summary>
internal sealed class IndexPlace : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly List<ServerProcess> lives = [];
    private HttpClient? http;

    public string Folder { get; } = Directory.CreateTempSubdirectory("actorjobs-index-").FullName;

    public string Source => Path.Combine(Folder, "source");

    public ServerProcess Process => lives[^1];

    public HttpClient Http => http!;

    public ActorJobsClient Client { get; private set; } = null!;

    public IndexLayout Layout(string index) => new(Path.Combine(Folder, "indexes"), index);

    /// <summary>Starts a node and waits until it is ready. The source <c>notes</c> is <see cref="Source"/>.</summary>
    public async Task StartAsync(params string[] arguments)
    {
        Directory.CreateDirectory(Source);
        lives.Add(new ServerProcess(
            Folder, ["--urls=http://127.0.0.1:0", $"--ActorJobs:Documents:Root={Folder}/indexes", $"--ActorJobs:Documents:Folders:notes={Source}", .. arguments]));
        var url = await Process.ReadyAsync();
        http?.Dispose();
        http = new HttpClient { BaseAddress = url, Timeout = Patience };
        Client = new ActorJobsClient(http);
    }

    public async Task DefineAsync(string index, string source = "notes", string? embedder = null)
    {
        using var defined = await Http.PutAsJsonAsync($"api/v1/indexes/{index}", new { source, embedder });
        defined.EnsureSuccessStatusCode();
    }

    /// <summary>Asks for a rebuild.</summary>
    /// <returns>Its job.</returns>
    public async Task<string> RebuildAsync(string index)
    {
        using var accepted = await Http.PostAsync(new Uri($"api/v1/indexes/{index}/rebuild", UriKind.Relative), null);
        accepted.EnsureSuccessStatusCode();
        return (await accepted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>The result of a job that is to complete.</summary>
    public async Task<JsonElement> CompletedAsync(string id)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await foreach (var _ in Client.WatchJobAsync(id, patience.Token))
            {
                // only the end counts
            }
        }
        catch (OperationCanceledException)
        {
            // told below
        }

        var job = await Client.GetJobAsync(id, CancellationToken.None);
        Assert.True(job.State == "Completed", $"{job.Kind} {id} is {job.State} in attempt {job.Attempt}: {job.Error?.Message}\n{Process.Output}");
        return job.Result!.Value;
    }

    public Task<JsonElement> GetAsync(string path) => Http.GetFromJsonAsync<JsonElement>("api/v1/" + path);

    /// <summary>The best hit's document; null when nothing is found.</summary>
    public async Task<string?> BestAsync(string index, string query) =>
        (await GetAsync($"indexes/{index}/search?mode=text&q={Uri.EscapeDataString(query)}")).GetProperty("hits").EnumerateArray()
            .Select(static hit => hit.GetProperty("documentId").GetString()).FirstOrDefault();

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        foreach (var life in lives)
            await life.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
