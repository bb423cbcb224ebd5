using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ActorJobs.Workloads.Conversations;

/// <summary>
/// Sends by Meta's Cloud API. An error answer says that the message was not taken; no answer says nothing: the request may have arrived, which is
/// <see cref="GatewayAnswer.Unknown"/>. The access token goes into the header of the request and nowhere else.
/// </summary>
internal sealed class CloudApiGateway(CloudApiOptions options, TimeProvider time) : IMessageGateway, IDisposable
{
    private const int MaxAnswer = 64 * 1024;

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        // one answer to one request: a repetition by the handler would be a second message
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxAnswer,
    };

    public async ValueTask<GatewayAnswer> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = RequestFor(message);
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            return response.IsSuccessStatusCode ? ReadSuccess(body) : ReadError(response, body);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new GatewayAnswer.Unknown("The Cloud API did not answer in time.");
        }
        catch (HttpRequestException exception)
        {
            // what could not be connected was not sent; what broke later may have been
            return exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
                ? new GatewayAnswer.Later($"The Cloud API cannot be reached: {exception.HttpRequestError}.")
                : new GatewayAnswer.Unknown($"The connection to the Cloud API broke: {exception.HttpRequestError}.");
        }
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage RequestFor(OutgoingMessage message) => new(HttpMethod.Post, new Uri(options.Url, $"{options.Version}/{message.Conversation.Business}/messages"))
    {
        Content = new StringContent(CloudApiMessage.Of(message).ToJsonString(), Encoding.UTF8, "application/json"),
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", options.AccessToken) },
        Version = HttpVersion.Version11,
    };

    private static GatewayAnswer ReadSuccess(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            foreach (var message in document.RootElement.Items("messages"))
            {
                if (message.Text("id") is { Length: <= WebhookReader.MaxId } wamid)
                    return new GatewayAnswer.Accepted(wamid);
            }
        }
        catch (JsonException)
        {
            // as below
        }

        return new GatewayAnswer.Unknown("The Cloud API answered with success and without the message's id.");
    }

    private GatewayAnswer ReadError(HttpResponseMessage response, byte[] body)
    {
        var error = CloudApiError.Read(body, response.StatusCode);
        if (!error.Passes(response.StatusCode))
            return new GatewayAnswer.Never(error.ToString());
        var named = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return new GatewayAnswer.Later(error.ToString(), named is { Ticks: > 0 } ? named : error.Wait);
    }
}
