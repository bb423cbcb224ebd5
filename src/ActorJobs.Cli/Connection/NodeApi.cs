using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>A node's API as JSON, for commands that need not know what is in it, and as the typed client, for those that do.</summary>
internal sealed class NodeApi(HttpClient http, ConnectionSettings settings, TimeProvider time) : IDisposable
{
    private const string Root = "api/v1/";
    private const int MaxProblem = 1 << 20;

    public Uri Address => settings.Node;

    public HttpClient Http => http;

    public ActorJobsClient Client { get; } = new(http);

    /// <summary>One exchange. An answer without a body is <c>undefined</c>.</summary>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(settings.Timeout + settings.Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(method, Root + path) { Content = content };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            await EnsureSuccessAsync(response, both.Token);
            var body = await response.Content.ReadAsByteArrayAsync(both.Token);
            return body.Length == 0 ? default : JsonElement.Parse(body);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No complete answer within {Durations.Short(settings.Timeout)}.");
        }
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>The server-sent events of a path until the node ends them.</summary>
    public async IAsyncEnumerable<(string Name, JsonElement Data)> StreamAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Root + path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await EnsureSuccessAsync(response, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream, (_, data) => data.ToArray()).EnumerateAsync(cancellationToken))
            yield return (item.EventType, JsonElement.Parse(item.Data));
    }

    public void Dispose() => http.Dispose();

    private static async Task EnsureSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;
        var isProblem = response.Content.Headers.ContentType?.MediaType == "application/problem+json" && response.Content.Headers.ContentLength is null or <= MaxProblem;
        var problem = isProblem ? await response.Content.ReadFromJsonAsync(ContractJson.Default.Problem, cancellationToken) : null;
        throw new ActorJobsApiException(response.StatusCode, problem, response.Headers.RetryAfter?.Delta);
    }
}
