using System.Net;
using System.Text.RegularExpressions;

namespace ActorJobs.Workloads.Tests.Scraping.Pages;

/// <summary>The pages as a browser without scripts uses them.</summary>
public sealed partial class ScrapePageTests : IAsyncLifetime
{
    private ScrapingNode node = null!;

    public async ValueTask InitializeAsync() => node = await ScrapingNode.StartAsync();

    public ValueTask DisposeAsync() => node.DisposeAsync();

    [Fact]
    public async Task A_scrape_is_started_shown_and_cleared_with_forms()
    {
        var (status, started) = await SubmitAsync("/scrapes", "/scrapes", ("companies", $"{node.Sample("northwind-labs")}\r\n{node.Sample("harbour-books")}"), ("enrich", "true"));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Queued", started, StringComparison.Ordinal);
        await node.Engine.RunAllAsync(node.Services);
        var path = "/scrapes/" + node.Engine.Jobs.First().Id;

        var shown = await node.Http.GetStringAsync(new Uri(path, UriKind.Relative));
        Assert.Contains("Completed 2 companies", shown, StringComparison.Ordinal);
        Assert.Contains("robots.txt forbids", shown, StringComparison.Ordinal);

        await SubmitAsync(path, path + "/clear");
        Assert.Contains("No scrapes yet", await node.Http.GetStringAsync(new Uri("/scrapes", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_scrape_is_cancelled_with_a_form()
    {
        var id = await node.StartScrapeAsync(false, node.Sample("northwind-labs"));

        var (_, html) = await SubmitAsync($"/scrapes/{id}", $"/scrapes/{id}/cancel");

        Assert.Contains("Cancelled", html, StringComparison.Ordinal);
        Assert.Contains($"/scrapes/{id}/clear", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_form_says_why_and_keeps_what_was_typed()
    {
        var (status, html) = await SubmitAsync("/scrapes", "/scrapes", ("companies", "ftp://<b>example.org"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("is no domain and no http or https URL", html, StringComparison.Ordinal);
        Assert.Contains("ftp://&lt;b&gt;example.org</textarea>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var form = new FormUrlEncodedContent([new("companies", node.Sample("harbour-books"))]);
        using var response = await node.Http.PostAsync(new Uri("/scrapes", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(node.Engine.Jobs);
    }

    [Fact]
    public async Task Postings_are_searched_and_shown()
    {
        await node.ScrapeAsync(true, node.Sample("northwind-labs"));

        var list = await node.Http.GetStringAsync(new Uri("/postings?q=pytorch", UriKind.Relative));
        var detail = await node.Http.GetStringAsync(new Uri(DetailPath().Match(list).Value, UriKind.Relative));

        Assert.Contains("Data Scientist", list, StringComparison.Ordinal);
        Assert.DoesNotContain("Support Engineer", list, StringComparison.Ordinal);
        Assert.Contains("5,200 – 6,400 EUR per month", WebUtility.HtmlDecode(detail), StringComparison.Ordinal);
        Assert.Contains("<p>Find the pattern in the noise.</p>", detail, StringComparison.Ordinal);
        Assert.Contains("not understood: when filled", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/scrapes/none")]
    [InlineData("/postings/99")]
    public async Task What_is_not_there_is_a_404_page(string path)
    {
        using var response = await node.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
    }

    private async Task<(HttpStatusCode Status, string Html)> SubmitAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var token = WebUtility.HtmlDecode(Token().Match(await node.Http.GetStringAsync(new Uri(page, UriKind.Relative))).Groups[1].Value);
        using var form = new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", token)).Select(field => new KeyValuePair<string, string>(field.Item1, field.Item2)));
        using var response = await node.Http.PostAsync(new Uri(action, UriKind.Relative), form);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("/postings/\\d+")]
    private static partial Regex DetailPath();
}
