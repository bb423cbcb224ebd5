using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ActorJobs.Workloads.Documents;

/// <summary>
/// Embeds by an endpoint as OpenAI has it. All jobs of a node share one: together they have at most <see cref="RemoteEmbedderOptions.MaxInFlight"/> requests
/// under way and keep to its rate. What passes (429, 5xx, no answer) is repeated, after as long as the endpoint asks for or else after 1, 2, 4 ... seconds
/// with jitter; any other refusal is the texts' fault and is thrown at once.
/// </summary>
internal sealed class RemoteEmbedder : IEmbeddingGenerator<string, Embedding<float>>
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(60);
    private const int MaxAnswerBytes = 128 << 20;

    private readonly RemoteEmbedderOptions options;
    private readonly TimeProvider time;
    private readonly HttpClient http;
    private readonly SemaphoreSlim slots;
    private readonly RequestPacer pacer;
    private readonly EmbeddingGeneratorMetadata metadata;

    public RemoteEmbedder(RemoteEmbedderOptions options, TimeProvider time)
    {
        (this.options, this.time) = (options, time);
        slots = new SemaphoreSlim(options.MaxInFlight, options.MaxInFlight);
        pacer = new RequestPacer(options.RequestsPerMinute, time);
        var endpoint = new Uri(options.Url.TrimEnd('/') + "/embeddings");
        metadata = new EmbeddingGeneratorMetadata("openai-compatible", endpoint, options.Model, options.Dimensions);
        http = new HttpClient(new SocketsHttpHandler
        {
            // a redirect would carry the key elsewhere
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            MaxConnectionsPerServer = options.MaxInFlight,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
        })
        { BaseAddress = endpoint, MaxResponseContentBufferSize = MaxAnswerBytes, Timeout = Timeout.InfiniteTimeSpan };
        if (options.Key is { Length: > 0 } key)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var texts in values.Chunk(this.options.BatchSize))
        {
            foreach (var vector in await EmbedAsync(texts, cancellationToken))
                embeddings.Add(new Embedding<float>(vector) { ModelId = this.options.Model });
        }

        return embeddings;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? metadata
        : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        http.Dispose();
        slots.Dispose();
    }

    private async Task<float[][]> EmbedAsync(string[] texts, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            // the slot is given back while waiting for the next attempt: others may be luckier
            var (vectors, failure) = await AskAsync(texts, cancellationToken);
            if (vectors is not null)
                return vectors;
            if (attempt == options.Retries)
                throw new EmbeddingEndpointException($"{metadata.ProviderUri!.Host} did not embed in {attempt + 1} attempts: {failure!.Reason}");
            if (failure!.RetryAfter is { } asked)
                pacer.HoldBack(asked < LongestDelay ? asked : LongestDelay);
            else
                await Task.Delay(Delay(attempt), time, cancellationToken);
        }
    }

    private async Task<(float[][]? Vectors, PassingFailure? Failure)> AskAsync(string[] texts, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            await pacer.WaitAsync(cancellationToken);
            using var deadline = new CancellationTokenSource(options.Timeout, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            try
            {
                return await SendAsync(texts, both.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return (null, new PassingFailure($"no answer within {options.Timeout}", null));
            }
            catch (HttpRequestException exception)
            {
                return (null, new PassingFailure(exception.Message, null));
            }
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<(float[][]? Vectors, PassingFailure? Failure)> SendAsync(string[] texts, CancellationToken cancellationToken)
    {
        var body = new EmbeddingsRequest(options.Model, texts, "float", options.RequestDimensions ? options.Dimensions : null);
        // with a stated length: small servers do not read chunked bodies
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, EmbeddingsProtocol.Json));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await http.PostAsync((Uri?)null, content, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            try
            {
                var answer = await response.Content.ReadFromJsonAsync<EmbeddingsAnswer>(EmbeddingsProtocol.Json, cancellationToken);
                return (EmbeddingsProtocol.Read(answer, texts.Length, options.Dimensions), null);
            }
            catch (JsonException exception)
            {
                throw new InvalidDataException($"{metadata.ProviderUri!.Host} answered with what is no list of vectors.", exception);
            }
        }

        var reason = $"status {(int)response.StatusCode}";
        return response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError
            ? (null, new PassingFailure(reason, RetryAfter(response)))
            : throw new EmbeddingEndpointException($"{metadata.ProviderUri!.Host} refuses with {reason}.");
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date - time.GetUtcNow() is var until && until > TimeSpan.Zero => until,
        _ => null,
    };

    // full jitter would ask again at once now and then; half of the delay is certain
    private static TimeSpan Delay(int attempt)
    {
        var delay = FirstDelay * Math.Pow(2, attempt);
        return (delay < LongestDelay ? delay : LongestDelay) * (0.5 + (Random.Shared.NextDouble() / 2));
    }

    private sealed record PassingFailure(string Reason, TimeSpan? RetryAfter);
}

/// <summary>An endpoint refused texts or did not answer.</summary>
internal sealed class EmbeddingEndpointException(string message) : Exception(message);
