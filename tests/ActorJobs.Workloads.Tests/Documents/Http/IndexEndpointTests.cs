using System.Text;

namespace ActorJobs.Workloads.Tests.Documents.Http;

public sealed class IndexEndpointTests : IAsyncLifetime
{
    private DocumentsNode node = null!;

    public async ValueTask InitializeAsync() => node = await DocumentsNode.StartAsync();

    public ValueTask DisposeAsync() => node.DisposeAsync();

    [Fact]
    public async Task An_index_is_defined_rebuilt_searched_and_rolled_back_over_the_front_door()
    {
        node.Write("a.md", "# Herons\n\nThe heron waits beside the water.");
        node.Write("b.md", "# Otters\n\nThe otter swims in the river.");
        var (created, defined) = await node.SendAsync(HttpMethod.Put, "/api/v1/indexes/birds", new { source = "notes" });
        Assert.Equal((201, "builtin"), (created, defined.GetProperty("embedder").GetString()));

        var first = await node.RebuildAsync("birds");
        Assert.Equal((1, 2), (first.GetProperty("version").GetInt32(), first.GetProperty("documents").GetInt32()));
        var (_, answer) = await node.SendAsync(HttpMethod.Get, "/api/v1/indexes/birds/search?q=herons%20waiting&k=1");
        var hit = Assert.Single(answer.GetProperty("hits").EnumerateArray());
        Assert.Equal(("a.md", "Herons", "Hybrid"), (hit.GetProperty("documentId").GetString(), hit.GetProperty("title").GetString(), answer.GetProperty("mode").GetString()));
        Assert.Equal("heron", hit.GetProperty("words").GetProperty("terms")[0].GetProperty("term").GetString());
        Assert.True(hit.GetProperty("vector").GetProperty("score").GetDouble() > 0);

        node.Write("c.md", "# Wrens\n\nThe wren sings.");
        Assert.Equal(2, (await node.RebuildAsync("birds")).GetProperty("version").GetInt32());
        Assert.Equal("c.md", await BestAsync("wren"));
        var (rolled, back) = await node.SendAsync(HttpMethod.Post, "/api/v1/indexes/birds/rollback");
        Assert.Equal((200, 1), (rolled, back.GetProperty("served").GetProperty("version").GetInt32()));
        Assert.Null(await BestAsync("wren"));
        var (again, forward) = await node.SendAsync(HttpMethod.Post, "/api/v1/indexes/birds/rollback?version=2");
        Assert.Equal((200, 2), (again, forward.GetProperty("served").GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task Searches_keep_to_a_folder_and_find_documents_like_one()
    {
        Directory.CreateDirectory(Path.Combine(node.Source, "sea"));
        node.Write("a.md", "# Herons\n\nThe heron waits beside the water.");
        node.Write("sea/b.md", "# Gulls\n\nThe gull cries above the water.");
        await node.SendAsync(HttpMethod.Put, "/api/v1/indexes/birds", new { source = "notes" });
        await node.RebuildAsync("birds");

        foreach (var mode in new[] { "hybrid", "vector", "text" })
        {
            var (_, under) = await node.SendAsync(HttpMethod.Get, $"/api/v1/indexes/birds/search?q=water&under=sea/&mode={mode}");
            Assert.Equal("sea/b.md", Assert.Single(under.GetProperty("hits").EnumerateArray()).GetProperty("documentId").GetString());
        }

        var (_, similar) = await node.SendAsync(HttpMethod.Get, "/api/v1/indexes/birds/similar?id=sea/b.md");
        Assert.Equal("a.md", Assert.Single(similar.GetProperty("hits").EnumerateArray()).GetProperty("documentId").GetString());
        var (_, none) = await node.SendAsync(HttpMethod.Get, "/api/v1/indexes/birds/similar?id=none");
        Assert.Empty(none.GetProperty("hits").EnumerateArray());
    }

    [Fact]
    public async Task Indexes_are_listed_and_redefined()
    {
        await node.SendAsync(HttpMethod.Put, "/api/v1/indexes/b", new { source = "notes" });
        await node.SendAsync(HttpMethod.Put, "/api/v1/indexes/a", new { source = "dotnet", embedder = "builtin" });
        var (status, redefined) = await node.SendAsync(HttpMethod.Put, "/api/v1/indexes/b", new { source = "dotnet" });

        var (_, list) = await node.SendAsync(HttpMethod.Get, "/api/v1/indexes");

        Assert.Equal((200, "dotnet"), (status, redefined.GetProperty("source").GetString()));
        Assert.Equal(["a", "b"], list.GetProperty("items").EnumerateArray().Select(index => index.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("PUT", "/api/v1/indexes/Upper", """{"source":"notes"}""", 400, "invalid-name")]
    [InlineData("PUT", "/api/v1/indexes/a..b", """{"source":"notes"}""", 400, "invalid-name")]
    [InlineData("PUT", "/api/v1/indexes/a", """{}""", 400, "missing-field")]
    [InlineData("PUT", "/api/v1/indexes/a", """{"source":"/etc"}""", 400, "unknown-source")]
    [InlineData("PUT", "/api/v1/indexes/a", """{"source":"notes","embedder":"none"}""", 400, "unknown-embedder")]
    [InlineData("PUT", "/api/v1/indexes/a", """{"source":"notes","path":"/etc"}""", 400, "unknown-field")]
    [InlineData("PUT", "/api/v1/indexes/a", """{"source":5}""", 400, "wrong-type")]
    [InlineData("PUT", "/api/v1/indexes/a", """{"source":""", 400, "malformed-json")]
    [InlineData("PUT", "/api/v1/indexes/a", "null", 400, "wrong-type")]
    [InlineData("GET", "/api/v1/indexes/none", null, 404, "not-found")]
    [InlineData("POST", "/api/v1/indexes/none/rebuild", null, 404, "not-found")]
    [InlineData("POST", "/api/v1/indexes/known/rebuild?refit=maybe", null, 400, "invalid-refit")]
    [InlineData("POST", "/api/v1/indexes/none/rollback", null, 404, "not-found")]
    [InlineData("POST", "/api/v1/indexes/known/rollback", null, 409, "no-such-version")]
    [InlineData("POST", "/api/v1/indexes/known/rollback?version=x", null, 400, "invalid-version")]
    [InlineData("GET", "/api/v1/indexes/none/search?q=a", null, 404, "not-found")]
    [InlineData("GET", "/api/v1/indexes/known/search?q=a", null, 409, "not-built")]
    [InlineData("GET", "/api/v1/indexes/known/search", null, 400, "invalid-query")]
    [InlineData("GET", "/api/v1/indexes/known/search?q=a&k=0", null, 400, "invalid-count")]
    [InlineData("GET", "/api/v1/indexes/known/search?q=a&k=101", null, 400, "invalid-count")]
    [InlineData("GET", "/api/v1/indexes/known/search?q=a&k=ten", null, 400, "invalid-count")]
    [InlineData("GET", "/api/v1/indexes/known/search?q=a&mode=magic", null, 400, "invalid-mode")]
    public async Task What_cannot_be_done_is_a_problem(string method, string path, string? body, int status, string code)
    {
        await node.SendAsync(HttpMethod.Put, "/api/v1/indexes/known", new { source = "notes" });
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await node.Http.SendAsync(request);

        var problem = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((status, code), ((int)response.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private async Task<string?> BestAsync(string query)
    {
        var (status, answer) = await node.SendAsync(HttpMethod.Get, $"/api/v1/indexes/birds/search?q={query}&mode=text");
        Assert.Equal(200, status);
        return answer.GetProperty("hits").EnumerateArray().Select(hit => hit.GetProperty("documentId").GetString()).FirstOrDefault();
    }
}
