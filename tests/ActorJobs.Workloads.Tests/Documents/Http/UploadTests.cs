using System.Text;

namespace ActorJobs.Workloads.Tests.Documents.Http;

public sealed class UploadTests : IAsyncLifetime
{
    private DocumentsNode node = null!;

    public async ValueTask InitializeAsync()
    {
        node = await DocumentsNode.StartAsync();
        await node.SendAsync(HttpMethod.Put, "/api/v1/indexes/sent", new { source = "uploads" });
    }

    public ValueTask DisposeAsync() => node.DisposeAsync();

    [Fact]
    public async Task Documents_that_are_sent_are_found_replaced_and_gone_after_the_next_rebuild()
    {
        var (created, _) = await PutAsync("birds/heron", new { title = "Heron", text = "It waits beside the water." });
        Assert.Equal(201, created);
        await PutAsync("otter", new { text = "It swims in the river." });
        var first = await node.RebuildAsync("sent");
        Assert.Equal(2, first.GetProperty("documents").GetInt32());
        Assert.Equal("birds/heron", await BestAsync("water"));

        var (replaced, _) = await PutAsync("otter", new { text = "It sleeps upon a meadow." });
        Assert.Equal(200, replaced);
        Assert.Equal(204, (await node.SendAsync(HttpMethod.Delete, $"/api/v1/indexes/sent/documents/{Uri.EscapeDataString("birds/heron")}")).Status);
        var second = await node.RebuildAsync("sent");

        Assert.Equal(1, second.GetProperty("documents").GetInt32());
        Assert.Null(await BestAsync("water"));
        Assert.Equal("otter", await BestAsync("meadow"));
        var (_, kept) = await node.SendAsync(HttpMethod.Get, "/api/v1/indexes/sent/documents/otter");
        Assert.Equal("It sleeps upon a meadow.", kept.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_file_of_lines_is_stored_and_each_bad_line_is_told()
    {
        using var body = new StringContent("""
            {"id":"a","text":"alpha"}
            {"text":"no id"}
            oops
            {"id":"b","text":"beta"}
            """, Encoding.UTF8, "application/x-ndjson");
        using var response = await node.Http.PostAsync(new Uri("/api/v1/indexes/sent/documents", UriKind.Relative), body);
        var answer = await response.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>();

        Assert.Equal(2, answer.GetProperty("stored").GetInt32());
        Assert.Equal([2, 3], answer.GetProperty("refused").EnumerateArray().Select(line => line.GetProperty("line").GetInt32()));
        await node.RebuildAsync("sent");
        Assert.Equal("b", await BestAsync("beta"));
    }

    [Fact]
    public async Task What_cannot_be_stored_is_refused()
    {
        await node.SendAsync(HttpMethod.Put, "/api/v1/indexes/notes", new { source = "notes" });

        Assert.Equal("not-uploads", await CodeAsync(node.SendAsync(HttpMethod.Put, "/api/v1/indexes/notes/documents/x", new { text = "x" }), 409));
        Assert.Equal("not-found", await CodeAsync(node.SendAsync(HttpMethod.Put, "/api/v1/indexes/none/documents/x", new { text = "x" }), 404));
        Assert.Equal("not-found", await CodeAsync(node.SendAsync(HttpMethod.Delete, "/api/v1/indexes/sent/documents/x"), 404));
        Assert.Equal("not-found", await CodeAsync(node.SendAsync(HttpMethod.Get, "/api/v1/indexes/sent/documents/x"), 404));
        Assert.Equal("invalid-document", await CodeAsync(PutAsync("x", new { title = "no text" }), 400));
        Assert.Equal("other-id", await CodeAsync(PutAsync("x", new { id = "y", text = "x" }), 400));
        Assert.Equal("invalid-id", await CodeAsync(PutAsync(new string('x', 600), new { text = "x" }), 400));
    }

    private Task<(int Status, System.Text.Json.JsonElement Body)> PutAsync(string id, object document) =>
        node.SendAsync(HttpMethod.Put, $"/api/v1/indexes/sent/documents/{Uri.EscapeDataString(id)}", document);

    private static async Task<string?> CodeAsync(Task<(int Status, System.Text.Json.JsonElement Body)> answer, int expected)
    {
        var (status, body) = await answer;
        Assert.True(status == expected, body.GetRawText());
        return body.GetProperty("code").GetString();
    }

    private async Task<string?> BestAsync(string query)
    {
        var (_, answer) = await node.SendAsync(HttpMethod.Get, $"/api/v1/indexes/sent/search?mode=text&q={query}");
        return answer.GetProperty("hits").EnumerateArray().FirstOrDefault() is { ValueKind: System.Text.Json.JsonValueKind.Object } hit
            ? hit.GetProperty("documentId").GetString()
            : null;
    }
}
