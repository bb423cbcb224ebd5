using System.Text.Json;
using ActorJobs.Workloads.Scraping.Postings;

namespace ActorJobs.Workloads.Tests.Scraping.Api;

public sealed class PostingSearchTests : IAsyncLifetime
{
    private ScrapingNode node = null!;

    public async ValueTask InitializeAsync()
    {
        node = await ScrapingNode.StartAsync();
        await node.ScrapeAsync(true, node.Sample("northwind-labs"), node.Sample("borealis-clinic"), node.Sample("harbour-books"));
    }

    public ValueTask DisposeAsync() => node.DisposeAsync();

    [Theory]
    [InlineData("q=nurse", "Night Nurse")]
    [InlineData("q=NURSE+borealis", "Night Nurse")]
    [InlineData("q=rontgenassistenz", "Radiographer (Röntgenassistenz)")]
    [InlineData("q=nurse+python", "")]
    [InlineData("q=book*", "Bookseller|Junior Bookkeeper|Web Shop Assistant")]
    [InlineData("q=%22two+billion%22", "Senior Platform Engineer")]
    [InlineData("q=%22billion+two%22", "")]
    [InlineData("q=linux&company=northwind+labs&remote=true", "Support Engineer")]
    [InlineData("q=sql", "Data Scientist|Web Shop Assistant")]
    [InlineData("language=de", "Radiographer (Röntgenassistenz)")]
    [InlineData("remote=true", "Support Engineer|Web Shop Assistant")]
    [InlineData("company=Harbour+Books&remote=false", "Junior Bookkeeper")]
    [InlineData("q=%22+OR+1:title+NEAR(", "")]
    [InlineData("q=%22%22+*+-", "")]
    [InlineData("q=%F0%9F%98%80", "")]
    [InlineData("q=", null)]
    public async Task Postings_are_found_by_words_and_filters(string query, string? expected)
    {
        var titles = Titles(await node.GetAsync($"/api/v1/postings?{query}"));

        if (expected is null)
            Assert.Equal(8, titles.Count);
        else
            Assert.Equal(expected, string.Join('|', titles.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&q=engineer+OR")]
    [InlineData("&q=a*")]
    public async Task Pages_hold_every_posting_once_in_one_order(string filter)
    {
        var all = Titles(await node.GetAsync($"/api/v1/postings?limit=100{filter}"));
        var paged = new List<string?>();
        string? cursor = null;
        do
        {
            var page = await node.GetAsync($"/api/v1/postings?limit=2{filter}{(cursor is null ? "" : "&cursor=" + cursor)}");
            paged.AddRange(Titles(page));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null && paged.Count <= all.Count);

        Assert.Equal(all, paged);
    }

    [Fact]
    public async Task The_best_match_comes_first() =>
        Assert.Equal("Data Scientist", Titles(await node.GetAsync("/api/v1/postings?q=data*"))[0]);

    [Theory]
    [InlineData("c# \"two words\" be*", "\"c#\" AND \"two words\" AND \"be\"*")]
    [InlineData("a OR b", "\"a\" AND \"OR\" AND \"b\"")]
    [InlineData("  \"\" * ", null)]
    [InlineData(null, null)]
    public void Nothing_people_type_is_query_syntax(string? text, string? expected) => Assert.Equal(expected, FullTextQuery.From(text));

    [Fact]
    public void A_cursor_survives_its_text()
    {
        Assert.True(PostingCursor.TryParse(new PostingCursor(-1.2345678901234567e-5, 42).ToString(), out var cursor));
        Assert.Equal(new PostingCursor(-1.2345678901234567e-5, 42), cursor);
    }

    private static List<string?> Titles(JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("posting").GetProperty("title").GetString())];
}
