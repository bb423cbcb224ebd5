using System.Net.Http.Headers;
using System.Text.Json;
using ActorJobs.Cluster;

namespace ActorJobs.Workloads.Documents;

/// <summary>Calls other nodes about versions: <c>POST {url}/cluster/documents/{operation}</c>, signed as nodes' other calls are.</summary>
internal sealed class DocumentPeers(IClusterNodes cluster, ClusterSignature signature) : IDisposable
{
    public const string Path = "/cluster/documents/";
    public const string Served = "served";
    public const string Announce = "announce";
    public const string File = "file";

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
        UseProxy = false,
    })
    { Timeout = TimeSpan.FromMinutes(15), MaxResponseContentBufferSize = 16 << 20 };

    /// <summary>The other living nodes that answer searches.</summary>
    public IReadOnlyList<NodeView> Others => cluster.Peers is not { } self ? [] :
        [.. cluster.Nodes.Where(node => node.Name != self.Node && node.Url is not null && node.State == "Up" && node.Roles.Contains(NodeRoles.Front))];

    /// <summary>This node's name; null when it is alone.</summary>
    public string? Self => cluster.Peers?.Node;

    public NodeView? Find(string name) => cluster.Nodes.FirstOrDefault(node => node.Name == name && node.Url is not null);

    /// <summary>What the operation's signature covers.</summary>
    public static string Signed(string operation) => "documents." + operation;

    /// <summary>The answer, read as it comes; dispose it.</summary>
    /// <exception cref="HttpRequestException">The node is not to be reached or refuses.</exception>
    public async Task<HttpResponseMessage> CallAsync(NodeView node, string operation, object body, CancellationToken cancellationToken)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), JobJson.Options);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(node.Url!), Path + operation))
        {
            Content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.TryAddWithoutValidation(ClusterSignature.Header, signature.Sign(Signed(operation), bytes));
        request.Headers.TryAddWithoutValidation("ActorJobs-Node", node.Name);
        request.Headers.TryAddWithoutValidation("ActorJobs-From", Self);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
            return response;
        response.Dispose();
        throw new HttpRequestException($"{node.Name} answered '{operation}' with {(int)response.StatusCode}.", null, response.StatusCode);
    }

    public async Task<T> AskAsync<T>(NodeView node, string operation, object body, CancellationToken cancellationToken)
    {
        using var response = await CallAsync(node, operation, body, cancellationToken);
        return await response.Content.ReadFromJsonAsync<T>(JobJson.Options, cancellationToken) ?? throw new InvalidDataException($"{node.Name} answered with nothing.");
    }

    public void Dispose() => http.Dispose();
}
