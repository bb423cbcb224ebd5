using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using ActorJobs.Http;

namespace ActorJobs.Builtin;

/// <summary>
/// <c>builtin.http</c>: calls an HTTP endpoint with the job, so that handlers can be written in any language. The endpoint learns the job from
/// <c>X-ActorJobs-Job</c>, <c>-Kind</c> and <c>-Attempt</c>. A 2xx answer completes the job with the answer's body; 408, 429 and 5xx are retried, after
/// <c>Retry-After</c> where given (RFC 9110, section 10.2.3); any other answer discards the job, for repeating the request cannot mend it. An endpoint that needs
/// longer answers 202 and calls <c>X-ActorJobs-Callback</c> with <c>/progress</c>, <c>/complete</c> or <c>/fail</c> before the job's timeout.
/// </summary>
internal sealed class HttpHandler(HttpJobClient http, HttpCallbacks callbacks) : IJobHandler<HttpArgs, HttpJobResult>
{
    private const int MaxResponseBytes = 256 * 1024;

    public async ValueTask<JobOutcome<HttpJobResult>> RunAsync(HttpArgs args, JobContext context)
    {
        var url = args.Address!; // FindProblem has seen to it
        using var callback = callbacks.Open(context, url.Host);
        using var request = RequestOf(args, url, context, callback?.Url);
        try
        {
            using var response = await http.SendAsync(request, context.Cancellation).ConfigureAwait(false);
            return await OutcomeAsync(response, url, callback, context.Cancellation).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (exception.GetBaseException() is AddressRefusedException refused)
        {
            // only a change of the configuration can mend it; a host that cannot be found or reached may come back, and is retried
            return JobOutcome.Discarded(refused.Message, "AddressRefused");
        }
    }

    private async ValueTask<JobOutcome<HttpJobResult>> OutcomeAsync(HttpResponseMessage response, Uri url, HttpCallback? callback, CancellationToken cancellation)
    {
        var body = await ReadAsync(response, cancellation).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        if (callback is not null && (status == 202 || callback.Outcome.IsCompleted))
            return await callback.Outcome.WaitAsync(cancellation).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
            return new HttpJobResult(status, response.Content.Headers.ContentType?.MediaType, body);
        var message = $"{url.GetLeftPart(UriPartial.Path)} answered {status} {response.ReasonPhrase}: {Cut(body)}";
        return status is 408 or 429 or >= 500
            ? JobOutcome.Failed(message, RetryAfter(response.Headers.RetryAfter, http.Now), "HttpError")
            : JobOutcome.Discarded(message);
    }

    private HttpRequestMessage RequestOf(HttpArgs args, Uri url, JobContext context, string? callback)
    {
        var request = new HttpRequestMessage(new HttpMethod(args.Method ?? "POST"), url);
        if (args.Body is { } body)
            request.Content = new StringContent(body.ToString(), Encoding.UTF8, "application/json");
        foreach (var (name, value) in args.Headers ?? new Dictionary<string, string>())
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.TryAddWithoutValidation("X-ActorJobs-Job", context.Id.Value);
        request.Headers.TryAddWithoutValidation("X-ActorJobs-Kind", context.Kind);
        request.Headers.TryAddWithoutValidation("X-ActorJobs-Attempt", context.Attempt.ToString(CultureInfo.InvariantCulture));
        if (callback is not null)
            request.Headers.TryAddWithoutValidation("X-ActorJobs-Callback", callback);
        if (http.Secret is { Length: > 0 } secret)
            HttpSignature.Add(request.Headers, secret, context.Id.Value, http.Now, args.Body is { } signed ? signed.Utf8.Span : []);
        return request;
    }

    private static async ValueTask<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[MaxResponseBytes];
            var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return Encoding.UTF8.GetString(buffer, 0, read);
        }
    }

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, DateTimeOffset now) =>
        header?.Delta ?? (header?.Date is { } date && date > now ? date - now : null);

    private static string Cut(string body) => body.Length <= 500 ? body : body[..500] + " ...";
}

/// <summary>Which request to make.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Method">Default: POST.</param>
/// <param name="Headers">Further headers.</param>
/// <param name="Body">Sent as JSON.</param>
internal sealed record HttpArgs(string Url, string? Method = null, IReadOnlyDictionary<string, string>? Headers = null, RawJson? Body = null) : ICheckedArguments
{
    // RFC 9110, section 5.6.2: what a method is made of
    private static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The URL, or null when it is no http or https address.</summary>
    internal Uri? Address => Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https") ? url : null;

    public ArgumentProblem? FindProblem() =>
        Address is null ? new("url", $"'{Url}' is no http or https address; allowed: for instance https://example.com/hook.")
        : Method is { } method && (method.Length == 0 || method.AsSpan().ContainsAnyExcept(Token)) ? new("method", $"'{method}' is no HTTP method; allowed: for instance POST.")
        : null;
}

/// <summary>What the endpoint answered.</summary>
/// <param name="Status">The status code.</param>
/// <param name="ContentType">The media type of the body.</param>
/// <param name="Body">The body's first 256 KB as text.</param>
internal sealed record HttpJobResult(int Status, string? ContentType, string Body);
