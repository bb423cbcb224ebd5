using System.Net;

namespace ActorJobs.Cli;

/// <summary>
/// Sends a request again when the node said that it was too busy to take it, after the time it asked for. What may have been done is not repeated:
/// 429 means refused, and 503 is taken for a refusal only where repeating is harmless (reads, PUT, DELETE, an <c>Idempotency-Key</c>, or where the sender says so).
/// </summary>
/// <param name="patience">How long to wait all in all.</param>
/// <param name="time">The clock.</param>
/// <param name="tell">Says that a wait begins.</param>
internal sealed class RetryAfterHandler(TimeSpan patience, TimeProvider time, Action<string> tell) : DelegatingHandler
{
    /// <summary>Set on a request that may be done twice although its method does not promise it: the jobs in it have ids.</summary>
    public static readonly HttpRequestOptionsKey<bool> IsRepeatable = new("ActorJobs.IsRepeatable");

    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(1);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var response = await base.SendAsync(request, cancellationToken);
            var wait = WaitAfter(response);
            if (!MayRepeat(request, response.StatusCode) || time.GetElapsedTime(began) + wait > patience)
                return response;
            tell($"The node is busy (HTTP {(int)response.StatusCode}); trying again in {Durations.Short(wait)}.");
            response.Dispose();
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private static bool MayRepeat(HttpRequestMessage request, HttpStatusCode status) => status switch
    {
        HttpStatusCode.TooManyRequests => true,
        HttpStatusCode.ServiceUnavailable => request.Method != HttpMethod.Post && request.Method != HttpMethod.Patch
            || request.Headers.Contains("Idempotency-Key") || (request.Options.TryGetValue(IsRepeatable, out var isRepeatable) && isRepeatable),
        _ => false,
    };

    private TimeSpan WaitAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? header?.Date - time.GetUtcNow() ?? DefaultWait;
        return wait > TimeSpan.Zero ? wait : DefaultWait;
    }
}
