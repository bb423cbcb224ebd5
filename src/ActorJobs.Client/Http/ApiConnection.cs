using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ActorJobs.Client;

/// <summary>One HTTP exchange with the server: JSON in, JSON or a problem out.</summary>
internal sealed class ApiConnection(HttpClient http)
{
    public const string Root = "api/v1/";

    public async Task<TResponse> SendAsync<TResponse>(
        HttpMethod method, string path, HttpContent? content, JsonTypeInfo<TResponse> responseType,
        CancellationToken cancellationToken, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, Root + path) { Content = content };
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        await EnsureSuccessAsync(response, cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadFromJsonAsync(responseType, cancellationToken).ConfigureAwait(false)
            ?? throw new JsonException($"The server answered {path} with null.");
    }

    public Task<TResponse> GetAsync<TResponse>(string path, JsonTypeInfo<TResponse> type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, type, cancellationToken);

    public Task<TResponse> PostAsync<TResponse>(string path, HttpContent? content, JsonTypeInfo<TResponse> type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, content, type, cancellationToken);

    /// <summary>Deletes; the answer has no body.</summary>
    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await http.DeleteAsync(new Uri(Root + path, UriKind.Relative), cancellationToken).ConfigureAwait(false);
        await EnsureSuccessAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The data of each event named <paramref name="eventType"/>, until the server ends the stream.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        string path, string eventType, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Root + path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        await EnsureSuccessAsync(response, cancellationToken).ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var events = SseParser.Create(stream, (_, data) => data.ToArray());
            await foreach (var item in events.EnumerateAsync(cancellationToken).ConfigureAwait(false))
            {
                if (item.EventType == eventType && JsonSerializer.Deserialize(item.Data, type) is { } value)
                    yield return value;
            }
        }
    }

    private static async Task EnsureSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;
        var problem = response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? await response.Content.ReadFromJsonAsync(ContractJson.Default.Problem, cancellationToken).ConfigureAwait(false)
            : null;
        throw new ActorJobsApiException(response.StatusCode, problem, response.Headers.RetryAfter?.Delta);
    }
}
