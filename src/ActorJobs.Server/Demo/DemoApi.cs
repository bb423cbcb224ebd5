using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Server;

/// <summary>The node's front door as the demo uses it: the typed client for jobs, plain JSON for the workloads.</summary>
internal sealed class DemoApi : IDisposable
{
    private readonly HttpClient http;

    public DemoApi(Uri node)
    {
        http = new HttpClient { BaseAddress = node, Timeout = Timeout.InfiniteTimeSpan };
        Jobs = new ActorJobsClient(http);
    }

    public Uri Node => http.BaseAddress!;

    public ActorJobsClient Jobs { get; }

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        await http.GetFromJsonAsync<JsonElement>(path, cancellationToken);

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{method} {path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    /// <summary>The data of each server-sent event, until the server ends the stream.</summary>
    public async IAsyncEnumerable<JsonElement> WatchAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await http.GetStreamAsync(path, cancellationToken);
        await foreach (var item in SseParser.Create(stream, static (_, data) => data.ToArray()).EnumerateAsync(cancellationToken))
        {
            if (item.Data.Length > 0)
                yield return JsonElement.Parse(item.Data);
        }
    }

    public void Dispose() => http.Dispose();
}
