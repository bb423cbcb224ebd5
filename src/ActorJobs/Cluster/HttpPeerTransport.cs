using System.Net;
using System.Net.Http.Headers;
using ActorJobs.Actors.Cluster;

namespace ActorJobs.Cluster;

/// <summary>Calls other nodes over HTTP: <c>POST {url}/cluster/v1/{operation}</c>, signed.</summary>
internal sealed class HttpPeerTransport(ClusterSignature signature) : IPeerTransport, IDisposable
{
    private const int MaxAnswerBytes = 64 << 20;

    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        MaxConnectionsPerServer = 64,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        UseCookies = false,
        UseProxy = false,
    })
    {
        MaxResponseContentBufferSize = MaxAnswerBytes,
        Timeout = TimeSpan.FromSeconds(60), // callers bound each call much tighter
    };

    public async ValueTask<ReadOnlyMemory<byte>> CallAsync(
        ClusterNode node, string operation, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(node.Url), $"/cluster/v1/{operation}"))
        {
            Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = Binary } },
        };
        request.Headers.TryAddWithoutValidation(ClusterSignature.Header, signature.Sign(operation, body.Span));
        request.Headers.TryAddWithoutValidation("ActorJobs-Node", node.Name); // another process at the same address must not answer for it
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new HttpRequestException($"{node.Name} answered '{operation}' with {(int)response.StatusCode}.", null, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => client.Dispose();

    private static readonly MediaTypeHeaderValue Binary = new("application/octet-stream");
}
