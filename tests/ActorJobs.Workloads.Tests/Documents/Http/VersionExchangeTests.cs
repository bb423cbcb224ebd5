using System.Net;
using System.Net.Sockets;
using ActorJobs.Cluster;
using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents.Http;

/// <summary>Two nodes with a folder each: one builds, the other fetches.</summary>
public sealed class VersionExchangeTests : IAsyncLifetime
{
    private readonly FakeCluster cluster = new();
    private DocumentsNode builder = null!;
    private DocumentsNode server = null!;

    public async ValueTask InitializeAsync()
    {
        builder = await cluster.StartAsync("builder");
        server = await cluster.StartAsync("server");
        builder.Write("a.md", "# Herons\n\nThe heron waits beside the water.");
        await builder.SendAsync(HttpMethod.Put, "/api/v1/indexes/birds", new { source = "notes" });
    }

    public async ValueTask DisposeAsync()
    {
        await builder.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_swap_ends_when_the_other_node_has_fetched_and_verified_the_version()
    {
        await builder.RebuildAsync("birds");

        Assert.Equal("a.md", await BestAsync(server, "heron"));
        Assert.Equal(await HashAsync(builder), await HashAsync(server));
    }

    [Fact]
    public async Task A_node_that_was_away_fetches_what_it_missed()
    {
        cluster.Hide("server");
        await builder.RebuildAsync("birds");
        Assert.Equal(404, (await server.SendAsync(HttpMethod.Get, "/api/v1/indexes/birds")).Status);

        cluster.Show("server");
        await server.Services.GetRequiredService<VersionCatchUp>().RunOnceAsync(TestContext.Current.CancellationToken);

        Assert.Equal("a.md", await BestAsync(server, "heron"));
    }

    [Fact]
    public async Task A_rollback_is_not_undone_by_a_node_that_missed_it_and_reaches_that_node()
    {
        await builder.RebuildAsync("birds");
        builder.Write("b.md", "# Wrens\n\nThe wren sings.");
        await builder.RebuildAsync("birds");
        Assert.Equal("b.md", await BestAsync(server, "wren"));

        cluster.Hide("server");
        await builder.SendAsync(HttpMethod.Post, "/api/v1/indexes/birds/rollback");
        cluster.Show("server");
        await builder.Services.GetRequiredService<VersionCatchUp>().RunOnceAsync(TestContext.Current.CancellationToken);

        Assert.Null(await BestAsync(builder, "wren"));

        await server.Services.GetRequiredService<VersionCatchUp>().RunOnceAsync(TestContext.Current.CancellationToken);
        Assert.Null(await BestAsync(server, "wren"));
    }

    [Fact]
    public async Task A_version_that_comes_damaged_is_not_served_and_the_swap_says_why()
    {
        await builder.RebuildAsync("birds");
        var folder = builder.Services.GetRequiredService<IndexCatalog>().Layout("birds");
        builder.Write("b.md", "# Wrens\n\nThe wren sings.");
        cluster.Hide("server");
        await builder.RebuildAsync("birds");
        await File.AppendAllTextAsync(Path.Combine(folder.Version(2), PassageFile.FileName), "x", TestContext.Current.CancellationToken);
        cluster.Show("server");

        var told = Assert.Single(await builder.Services.GetRequiredService<VersionAnnouncer>().AnnounceAsync("birds", TestContext.Current.CancellationToken));

        Assert.Equal(("server", false), (told.Node, told.Serves));
        Assert.Contains(PassageFile.FileName, told.Error, StringComparison.Ordinal);
        Assert.Equal("a.md", await BestAsync(server, "heron"));
    }

    [Fact]
    public async Task A_node_that_leaves_without_an_answer_holds_up_no_swap()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        await builder.RebuildAsync("birds");
        cluster.Add("mute", $"http://{mute.LocalEndpoint}/");

        var told = builder.Services.GetRequiredService<VersionAnnouncer>().AnnounceAsync("birds", TestContext.Current.CancellationToken);
        using var heard = await mute.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        cluster.Hide("mute");

        Assert.Equal(
            [("mute", false, "It left the cluster before it answered."), ("server", true, null)],
            (await told).Select(static node => (node.Node, node.Serves, node.Error)).OrderBy(static node => node.Node, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("served")]
    [InlineData("announce")]
    [InlineData("file")]
    public async Task Nobody_without_the_secret_is_answered(string operation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/cluster/documents/" + operation) { Content = new StringContent("{}") };
        request.Headers.Add("ActorJobs-Node", "server");
        request.Headers.TryAddWithoutValidation(ClusterSignature.Header, new ClusterSignature("another secret", TimeProvider.System).Sign("documents." + operation, "{}"u8));

        using var response = await server.Http.SendAsync(request);

        Assert.Equal(401, (int)response.StatusCode);
    }

    private static async Task<string?> HashAsync(DocumentsNode node) =>
        (await node.SendAsync(HttpMethod.Get, "/api/v1/indexes/birds")).Body.GetProperty("served").GetProperty("hash").GetString();

    private static async Task<string?> BestAsync(DocumentsNode node, string query)
    {
        var (_, answer) = await node.SendAsync(HttpMethod.Get, $"/api/v1/indexes/birds/search?mode=text&q={query}");
        return answer.GetProperty("hits").EnumerateArray().Select(static hit => hit.GetProperty("documentId").GetString()).FirstOrDefault();
    }

    /// <summary>A membership that the test decides.</summary>
    private sealed class FakeCluster
    {
        private readonly Dictionary<string, NodeView> nodes = [];
        private readonly HashSet<string> hidden = [];

        public async Task<DocumentsNode> StartAsync(string name)
        {
            var node = await DocumentsNode.StartAsync(services => services
                .AddSingleton<IClusterNodes>(new View(this, name))
                .AddSingleton(new ClusterSignature("the secret of the test", TimeProvider.System)));
            Add(name, node.Http.BaseAddress!.ToString());
            return node;
        }

        public void Add(string name, string url) => nodes[name] = new NodeView(name, url, NodeRoles.All, "Up", 0, DateTimeOffset.UnixEpoch, 0, [], "");

        public void Hide(string name) => hidden.Add(name);

        public void Show(string name) => hidden.Remove(name);

        private sealed class View(FakeCluster cluster, string self) : IClusterNodes
        {
            public IReadOnlyList<NodeView> Nodes => [.. cluster.nodes.Values.Where(node => !cluster.hidden.Contains(node.Name))];

            public IReadOnlyList<ShardView> Shards => [];

            public PeerPort? Peers { get; } = new(self, new Dictionary<string, ActorJobs.Actors.Cluster.PeerOperation>());
        }
    }
}
