using System.Net;
using System.Text.RegularExpressions;

namespace ActorJobs.Workloads.Tests.Documents.Http;

public sealed partial class IndexPageTests : IAsyncLifetime
{
    private DocumentsNode node = null!;

    public async ValueTask InitializeAsync() => node = await DocumentsNode.StartAsync();

    public ValueTask DisposeAsync() => node.DisposeAsync();

    [Fact]
    public async Task A_person_creates_an_index_and_finds_marked_passages_with_their_score()
    {
        node.Write("a.md", "# Herons\n\nHerons <b>wait</b> beside the water.");
        using var created = await PostAsync("/indexes", "/indexes", ("name", "birds"), ("source", "notes"));
        Assert.StartsWith("/jobs/", created.Headers.Location?.OriginalString, StringComparison.Ordinal);
        await node.RebuildAsync("birds");

        var list = await GetAsync("/indexes");
        var page = await GetAsync("/indexes/birds?q=heron%20waits&mode=hybrid");

        Assert.Contains("<a href=\"/indexes/birds\">birds</a>", list, StringComparison.Ordinal);
        Assert.Contains("<mark>Herons</mark>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;<mark>wait</mark>&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>wait", page, StringComparison.Ordinal);
        Assert.Contains("words (BM25)", page, StringComparison.Ordinal);
        Assert.Contains("likeness (cosine)", page, StringComparison.Ordinal);
        Assert.Contains("<h2>Version 1</h2>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_sees_similar_documents_and_statistics()
    {
        node.Write("a.md", "# Herons\n\nHerons wait beside the water.");
        node.Write("b.md", "# More herons\n\nHerons wait beside the pond.");
        node.Write("c.txt", "bi\0nary");
        await node.SendAsync(HttpMethod.Put, "/api/v1/indexes/birds", new { source = "notes" });
        await node.RebuildAsync("birds");

        var similar = await GetAsync("/indexes/birds?like=a.md");
        var statistics = await GetAsync("/indexes/birds/statistics");

        Assert.Contains("<h2>More herons</h2>", similar, StringComparison.Ordinal);
        Assert.DoesNotContain("<h2>Herons</h2>", similar, StringComparison.Ordinal);
        Assert.Contains("The file is no text", statistics, StringComparison.Ordinal);
        Assert.Contains("<dt>Answered</dt><dd>1</dd>", statistics, StringComparison.Ordinal);
        var (_, figures) = await node.SendAsync(HttpMethod.Get, "/api/v1/indexes/birds/statistics");
        var run = Assert.Single(figures.GetProperty("rebuilds").EnumerateArray());
        Assert.Equal((1, 2, 2, 1), (run.GetProperty("version").GetInt32(), run.GetProperty("documents").GetInt32(), run.GetProperty("documentsEmbedded").GetInt32(), run.GetProperty("setAside").GetInt32()));
    }

    [Fact]
    public async Task A_person_rolls_back()
    {
        await node.SendAsync(HttpMethod.Put, "/api/v1/indexes/birds", new { source = "notes" });
        node.Write("a.md", "One.");
        await node.RebuildAsync("birds");
        Assert.DoesNotContain("Roll back", await GetAsync("/indexes/birds"), StringComparison.Ordinal);
        node.Write("b.md", "Two.");
        await node.RebuildAsync("birds");

        using var rolled = await PostAsync("/indexes/birds", "/indexes/birds/rollback");

        Assert.Equal("/indexes/birds", rolled.Headers.Location?.OriginalString);
        Assert.Contains("<h2>Version 1</h2>", await GetAsync("/indexes/birds"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/indexes/none", 404)]
    [InlineData("/indexes/birds?q=a&mode=magic", 400)]
    public async Task What_cannot_be_shown_is_said_on_a_page(string path, int status)
    {
        await node.SendAsync(HttpMethod.Put, "/api/v1/indexes/birds", new { source = "notes" });
        node.Write("a.md", "One.");
        await node.RebuildAsync("birds");

        using var response = await node.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("class=\"alert\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<string> GetAsync(string path)
    {
        using var response = await node.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    // as a browser does: the token from the page, the cookie that came with it, no following of the redirect
    private async Task<HttpResponseMessage> PostAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler) { BaseAddress = node.Http.BaseAddress };
        var token = Token().Match(await browser.GetStringAsync(new Uri(page, UriKind.Relative))).Groups[1].Value;
        using var form = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        var response = await browser.PostAsync(new Uri(action, UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return response;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
