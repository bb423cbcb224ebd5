using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace ActorJobs.Workloads.Scraping.Enrichment;

/// <summary>Asks a chat completion of an OpenAI-compatible endpoint.</summary>
internal sealed class ModelClient(ModelOptions options, TimeProvider time) : IDisposable
{
    private const int MaxAnswer = 1024 * 1024;

    // the answer's size and time are bounded here and per request
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxAnswer,
    };

    /// <summary>The answer's body. Throws <see cref="HttpRequestException"/> or <see cref="TimeoutException"/> when there is none now.</summary>
    public async Task<string> CompleteAsync(string request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, $"{options.Endpoint!.AbsoluteUri.TrimEnd('/')}/chat/completions");
            message.Content = new StringContent(request, Encoding.UTF8, "application/json");
            if (options.ApiKey is { Length: > 0 } key)
                message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var response = await http.SendAsync(message, either.Token);
            if (!response.IsSuccessStatusCode)
                throw new HttpRequestException(string.Create(CultureInfo.InvariantCulture, $"the model's endpoint answers HTTP {(int)response.StatusCode}"), null, response.StatusCode);
            return await response.Content.ReadAsStringAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"the model did not answer within {options.Timeout.TotalSeconds} s"));
        }
    }

    public void Dispose() => http.Dispose();
}
