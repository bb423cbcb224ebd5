using System.Text.Json;

namespace ActorJobs.Workloads.Tests.Scraping.Steps;

/// <summary>The sample site through front door, steps and store, against what its pages are known to say.</summary>
public sealed class SampleSiteTests : IAsyncLifetime
{
    private ScrapingNode node = null!;

    public async ValueTask InitializeAsync() => node = await ScrapingNode.StartAsync();

    public ValueTask DisposeAsync() => node.DisposeAsync();

    [Fact]
    public async Task All_companies_are_scraped_and_counted()
    {
        var run = await node.ScrapeAsync(true, node.Sample("northwind-labs"), node.Sample("borealis-clinic"), node.Sample("harbour-books"));

        Assert.Equal("Completed", run.GetProperty("state").GetString());
        Assert.Equal("Completed 3 companies", run.GetProperty("statusMessage").GetString());
        Assert.Equal(1, run.GetProperty("chainProgress").GetDouble());
        Assert.Equal([3, 2, 3], Companies(run).Select(company => company.GetProperty("postingsFound").GetInt32()));
        Assert.Equal([6, 4, 2], Companies(run).Select(company => company.GetProperty("pages").GetInt32()));
        Assert.Equal(8, run.GetProperty("postingsAdded").GetInt32());
        Assert.All(Companies(run), company => Assert.Equal("Persist", company.GetProperty("step").GetString()));
        Assert.All(node.Engine.Jobs, job => Assert.Equal(JobStatus.Completed, job.State));
    }

    [Fact]
    public async Task What_went_wrong_is_told_page_by_page()
    {
        var run = await node.ScrapeAsync(false, node.Sample("northwind-labs"));

        var errors = Companies(run).Single().GetProperty("errors").EnumerateArray()
            .ToDictionary(error => new Uri(error.GetProperty("where").GetString()!).AbsolutePath["/samples/northwind-labs/".Length..],
                error => error.GetProperty("problem").GetString());
        Assert.Equal("Robots: robots.txt forbids /samples/northwind-labs/private/jobs/secret-project", errors["private/jobs/secret-project"]);
        Assert.Equal("HttpError: HTTP 404", errors["jobs/withdrawn"]);
        Assert.Equal("jsonLd: a block is no JSON", errors["jobs/meteorologist"]);
        Assert.DoesNotContain("jobs/handbook.pdf", errors.Keys);
    }

    [Fact]
    public async Task Json_ld_is_read_field_by_field()
    {
        await node.ScrapeAsync(false, node.Sample("northwind-labs"));

        var posting = await PostingAsync("Senior Platform Engineer");
        Assert.Equal("Northwind Labs", posting.GetProperty("company").GetString());
        Assert.Equal(["Berlin, DE"], Texts(posting, "locations"));
        Assert.False(posting.TryGetProperty("remote", out var remote) && remote.ValueKind != JsonValueKind.Null);
        Assert.Equal(["FullTime"], Texts(posting, "employmentTypes"));
        Assert.Equal("75000 95000 EUR Year", SalaryOf(posting));
        Assert.Equal("2026-11-02", posting.GetProperty("postedOn").GetString());
        Assert.Equal("2027-01-31", posting.GetProperty("validThrough").GetString());
        Assert.Equal("en", posting.GetProperty("language").GetString());
        Assert.Equal("JsonLd", posting.GetProperty("extractedBy").GetString());
        Assert.Equal($"{node.Root}/samples/northwind-labs/apply?job=1", posting.GetProperty("applyUrl").GetString());
        Assert.Equal($"{node.Root}/samples/northwind-labs/jobs/platform-engineer", posting.GetProperty("canonicalUrl").GetString());
        Assert.Equal(
            "Run the platform that collects two billion readings a day.\n- C# and .NET on Linux\n- Kubernetes, Terraform and Redis",
            posting.GetProperty("descriptionText").GetString());
        Assert.DoesNotContain("script", posting.GetProperty("descriptionHtml").GetString()!, StringComparison.Ordinal);
        Assert.Contains("<strong>two billion</strong>", posting.GetProperty("descriptionHtml").GetString()!, StringComparison.Ordinal);
        Assert.Empty(posting.GetProperty("issues").EnumerateArray());
    }

    [Fact]
    public async Task A_graph_with_references_and_a_faulty_date_is_read_as_far_as_it_goes()
    {
        await node.ScrapeAsync(true, node.Sample("northwind-labs"));

        var posting = await PostingAsync("Data Scientist");
        Assert.Equal("Northwind Labs", posting.GetProperty("company").GetString());
        Assert.Equal(["Copenhagen, DK", "Berlin, DE"], Texts(posting, "locations"));
        Assert.Equal(["FullTime", "PartTime"], Texts(posting, "employmentTypes"));
        Assert.Equal("5200 6400 EUR Month", SalaryOf(posting));
        Assert.Equal(["validThrough: not understood: when filled"], Issues(posting));
        Assert.StartsWith("Find the pattern in the noise.\n", posting.GetProperty("descriptionText").GetString(), StringComparison.Ordinal);
        var enrichment = posting.GetProperty("enrichment");
        Assert.Equal("rules", enrichment.GetProperty("by").GetString());
        Assert.Equal(["Python", "PyTorch", "SQL"], Texts(enrichment, "skills"));
        Assert.Equal("Mid", enrichment.GetProperty("seniority").GetString());
    }

    [Fact]
    public async Task A_remote_job_with_line_breaks_in_its_json_is_read()
    {
        await node.ScrapeAsync(false, node.Sample("northwind-labs"));

        var posting = await PostingAsync("Support Engineer");
        Assert.True(posting.GetProperty("remote").GetBoolean());
        Assert.Equal(["Germany", "Denmark"], Texts(posting, "locations"));
        Assert.Equal("45 45 EUR Hour", SalaryOf(posting));
        Assert.Equal("https://apply.example.com/northwind/support", posting.GetProperty("applyUrl").GetString());
    }

    [Fact]
    public async Task Microdata_and_the_second_page_are_read()
    {
        await node.ScrapeAsync(true, node.Sample("borealis-clinic"));

        var nurse = await PostingAsync("Night Nurse");
        Assert.Equal("Borealis Clinic", nurse.GetProperty("company").GetString());
        Assert.Equal(["Tromsø, NO"], Texts(nurse, "locations"));
        Assert.Equal(["PartTime"], Texts(nurse, "employmentTypes"));
        Assert.Equal("290 340 NOK Hour", SalaryOf(nurse));
        Assert.Equal("2026-11-12", nurse.GetProperty("postedOn").GetString());
        Assert.Equal("2026-12-31", nurse.GetProperty("validThrough").GetString());
        Assert.Equal("https://borealis.example/apply/17", nurse.GetProperty("applyUrl").GetString());
        Assert.DoesNotContain("onclick", nurse.GetProperty("descriptionHtml").GetString()!, StringComparison.Ordinal);
        Assert.Empty(Issues(nurse));

        var radiographer = await PostingAsync("Röntgenassistenz");
        Assert.Equal("de", radiographer.GetProperty("language").GetString());
        Assert.Equal(
            ["salary: not understood: nach Tarif", "postedOn: not understood: 03/04/2026", "validThrough: missing"], Issues(radiographer));
    }

    [Fact]
    public async Task Plain_pages_are_read_by_their_headings_and_labels()
    {
        await node.ScrapeAsync(true, node.Sample("harbour-books"));

        var seller = await PostingAsync("Bookseller");
        Assert.Equal("Harbour Books", seller.GetProperty("company").GetString());
        Assert.Equal(["Hull, UK"], Texts(seller, "locations"));
        Assert.Equal("24500 27000 GBP Year", SalaryOf(seller));
        Assert.Equal("2027-01-15", seller.GetProperty("validThrough").GetString());
        Assert.Equal($"{node.Sample("harbour-books")}#bookseller", seller.GetProperty("canonicalUrl").GetString());

        var assistant = await PostingAsync("Web Shop");
        Assert.True(assistant.GetProperty("remote").GetBoolean());
        Assert.Equal(["PartTime", "Temporary"], Texts(assistant, "employmentTypes"));
        Assert.Equal("2026-11-01", assistant.GetProperty("postedOn").GetString());
        Assert.Equal(["salary: not understood: competitive", "validThrough: missing"], Issues(assistant));

        var keeper = await PostingAsync("Bookkeeper");
        Assert.False(keeper.GetProperty("remote").GetBoolean());
        Assert.Equal(" 15.50 GBP Hour", SalaryOf(keeper));
        Assert.Equal("2026-11-14", keeper.GetProperty("postedOn").GetString());
        Assert.Equal("Junior", keeper.GetProperty("enrichment").GetProperty("seniority").GetString());
        Assert.Equal(["Accounting", "SAP"], Texts(keeper.GetProperty("enrichment"), "skills"));
    }

    [Fact]
    public async Task A_second_run_finds_the_same_postings_and_downloads_nothing_again()
    {
        await node.ScrapeAsync(false, node.Sample("northwind-labs"));
        var before = (await node.GetAsync("/api/v1/postings")).GetProperty("items").EnumerateArray().ToList();

        var run = await node.ScrapeAsync(false, node.Sample("northwind-labs"));

        Assert.Equal((3, 0), (run.GetProperty("postingsFound").GetInt32(), run.GetProperty("postingsAdded").GetInt32()));
        var after = (await node.GetAsync("/api/v1/postings")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(before.Select(item => item.GetProperty("id").GetInt64()), after.Select(item => item.GetProperty("id").GetInt64()));
        Assert.All(after.Zip(before), pair =>
        {
            Assert.Equal(pair.Second.GetProperty("firstSeen").GetString(), pair.First.GetProperty("firstSeen").GetString());
            Assert.True(pair.First.GetProperty("lastSeen").GetDateTimeOffset() > pair.Second.GetProperty("lastSeen").GetDateTimeOffset());
        });
    }

    private static readonly string[] SalaryParts = ["min", "max", "currency", "period"];

    private async Task<JsonElement> PostingAsync(string title)
    {
        var page = await node.GetAsync($"/api/v1/postings?q={Uri.EscapeDataString($"\"{title}\"")}");
        return page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("posting"))
            .Single(posting => posting.GetProperty("title").GetString()!.Contains(title, StringComparison.Ordinal));
    }

    private static JsonElement.ArrayEnumerator Companies(JsonElement run) => run.GetProperty("companies").EnumerateArray();

    private static IEnumerable<string?> Texts(JsonElement element, string property) => element.GetProperty(property).EnumerateArray().Select(item => item.GetString());

    private static IEnumerable<string> Issues(JsonElement posting) =>
        posting.GetProperty("issues").EnumerateArray().Select(issue => $"{issue.GetProperty("field")}: {issue.GetProperty("problem")}");

    private static string SalaryOf(JsonElement posting)
    {
        var salary = posting.GetProperty("salary");
        return string.Join(' ', SalaryParts.Select(part => salary.GetProperty(part).ToString()));
    }
}
