using System.Text.Json;
using ActorJobs.Workloads.Scraping;
using ActorJobs.Workloads.Scraping.Boards;

namespace ActorJobs.Workloads.Tests.Scraping.Boards;

/// <summary>Boards' public feeds, in the shapes their documentation gives, served on loopback in their place.</summary>
public sealed class BoardTests
{
    [Theory]
    [InlineData("https://boards.greenhouse.io/acme/jobs/127817", "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true")]
    [InlineData("https://boards.greenhouse.io/embed/job_board/js?for=acme", "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true")]
    [InlineData("https://jobs.lever.co/acme/5ac21346", "https://api.lever.co/v0/postings/acme?mode=json&skip=0&limit=100")]
    [InlineData("https://jobs.ashbyhq.com/Acme%20Labs", "https://api.ashbyhq.com/posting-api/job-board/Acme%20Labs?includeCompensation=true")]
    [InlineData("https://acme.workable.com/", "https://apply.workable.com/api/v1/widget/accounts/acme?details=true")]
    [InlineData("https://apply.workable.com/acme/j/AB12/", "https://apply.workable.com/api/v1/widget/accounts/acme?details=true")]
    [InlineData("https://careers.smartrecruiters.com/Acme", "https://api.smartrecruiters.com/v1/companies/Acme/postings?limit=100&offset=0")]
    [InlineData("https://boards.greenhouse.io/", null)]
    [InlineData("https://jobs.lever.co/..%2F..%2Fetc", null)]
    [InlineData("https://www.greenhouse.io/blog", null)]
    [InlineData("https://evil-lever.co/acme", null)]
    public void A_link_to_a_board_stands_for_its_feed(string link, string? feed) =>
        Assert.Equal(feed, new BoardCatalog(new ScrapingOptions()).FeedOf(new Uri(link))?.AbsoluteUri);

    [Theory]
    [InlineData("greenhouse", "https://boards.greenhouse.io/acme", "Vault Designer|Acme|Berlin|||75000-90000 EUR Year|2026-11-02|https://boards.greenhouse.io/acme/jobs/127817|Design <b>vaults</b>.")]
    [InlineData("lever", "https://jobs.lever.co/acme", "Vault Designer|Acme|Berlin,Paris|True|FullTime|75000-90000 EUR Year|2026-11-02|https://jobs.lever.co/acme/5ac2/apply|Design <b>vaults</b>.")]
    [InlineData("ashby", "https://jobs.ashbyhq.com/acme", "Vault Designer|Acme|Berlin, BE, Germany,Paris|False|FullTime|75000-90000 EUR Year|2026-11-02|https://jobs.ashbyhq.com/acme/1/application|Design <b>vaults</b>.")]
    [InlineData("workable", "https://apply.workable.com/acme", "Vault Designer|Acme|Berlin, BE, Germany|True|FullTime||2026-11-02|https://apply.workable.com/j/AB12/apply|Design <b>vaults</b>.")]
    [InlineData("smartrecruiters", "https://careers.smartrecruiters.com/acme", "Vault Designer|Acme|Berlin, BE, de|False|FullTime||2026-11-02|https://jobs.smartrecruiters.com/acme/7|Design <b>vaults</b>.")]
    public async Task A_board_is_read_from_a_link_on_the_companys_page(string board, string link, string expected)
    {
        var answers = Answers(board);
        await using var api = await LoopbackSite.StartAsync(context => AnswerAsync(context, answers));
        await using var company = await LoopbackSite.StartAsync(async context =>
        {
            context.Response.StatusCode = context.Request.Path == "/" ? 200 : 404;
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync(context.Request.Path == "/" ? $"<h1>Acme</h1><a href='{link}'>Open positions</a>" : "");
        });
        await using var node = await ScrapingNode.StartAsync(options: options => options.Boards[board] = api.Root);

        var run = await node.ScrapeAsync(false, company.Root.AbsoluteUri);

        Assert.Equal("Completed", run.GetProperty("state").GetString());
        Assert.Empty(run.GetProperty("companies")[0].GetProperty("errors").EnumerateArray());
        var items = (await node.GetAsync("/api/v1/postings")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(expected, Summary(Assert.Single(items).GetProperty("posting")));
    }

    [Fact]
    public async Task A_long_board_is_read_part_by_part()
    {
        await using var api = await LoopbackSite.StartAsync(context =>
        {
            var skip = int.Parse(context.Request.Query["skip"].ToString() is { Length: > 0 } text ? text : "-1", System.Globalization.CultureInfo.InvariantCulture);
            context.Response.StatusCode = skip < 0 ? 404 : 200;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(JsonSerializer.Serialize(Enumerable.Range(skip, Math.Max(0, Math.Min(100, 230 - skip)))
                .Select(number => new { text = $"Engineer {number}", hostedUrl = $"https://jobs.lever.co/acme/{number}", descriptionPlain = $"Work number {number}." })));
        });
        await using var node = await ScrapingNode.StartAsync(options: options => options.Boards["lever"] = api.Root);

        var run = await node.ScrapeAsync(false, "https://jobs.lever.co/acme");

        Assert.Equal((3, 230), (run.GetProperty("companies")[0].GetProperty("pages").GetInt32(), run.GetProperty("postingsFound").GetInt32()));
    }

    [Fact]
    public async Task A_board_that_answers_nonsense_is_an_error_of_its_company_alone()
    {
        await using var api = await LoopbackSite.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/robots.txt" ? 404 : 200;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("[{\"text\": ");
        });
        await using var node = await ScrapingNode.StartAsync(options: options => options.Boards["lever"] = api.Root);

        var run = await node.ScrapeAsync(false, "https://jobs.lever.co/acme", node.Sample("harbour-books"));

        Assert.StartsWith("feed: lever's answer is no JSON", run.GetProperty("companies")[0].GetProperty("errors")[0].GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, run.GetProperty("postingsFound").GetInt32());
    }

    private static Task AnswerAsync(HttpContext context, Dictionary<string, string> answers)
    {
        var isThere = answers.TryGetValue(context.Request.Path + context.Request.QueryString, out var answer);
        context.Response.StatusCode = isThere ? 200 : 404;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(answer ?? "");
    }

    private static string Summary(JsonElement posting) => string.Join('|',
        posting.GetProperty("title").GetString(), posting.GetProperty("company").GetString(),
        string.Join(',', posting.GetProperty("locations").EnumerateArray().Select(place => place.GetString())),
        posting.Flag("remote"), string.Join(',', posting.GetProperty("employmentTypes").EnumerateArray().Select(type => type.GetString())),
        posting.At("salary").ValueKind == JsonValueKind.Object
            ? $"{posting.Text("salary", "min")}-{posting.Text("salary", "max")} {posting.Text("salary", "currency")} {posting.Text("salary", "period")}" : "",
        posting.Text("postedOn"), posting.Text("applyUrl"),
        posting.GetProperty("descriptionHtml").GetString()!.Split("<p>")[1].Split("</p>")[0]);

    private static Dictionary<string, string> Answers(string board) => board switch
    {
        "greenhouse" => new()
        {
            ["/v1/boards/acme/jobs?content=true"] =
                """
                {"jobs": [{"id": 127817, "internal_job_id": 144381, "title": "Vault Designer", "updated_at": "2026-11-10T10:55:28-05:00",
                  "first_published": "2026-11-02T10:55:28-05:00", "requisition_id": "50", "location": {"name": "Berlin"}, "company_name": "Acme",
                  "absolute_url": "https://boards.greenhouse.io/acme/jobs/127817", "language": "en", "metadata": null,
                  "content": "&lt;p&gt;Design &lt;b&gt;vaults&lt;/b&gt;.&lt;/p&gt;",
                  "pay_input_ranges": [{"min_cents": 7500000, "max_cents": 9000000, "currency_type": "EUR", "title": "Annual salary"}]}], "meta": {"total": 1}}
                """,
        },
        "lever" => new()
        {
            ["/v0/postings/acme?mode=json&skip=0&limit=100"] =
                """
                [{"id": "5ac2", "text": "Vault Designer", "categories": {"commitment": "Full-time", "location": "Berlin", "team": "Vaults", "allLocations": ["Berlin", "Paris"]},
                  "country": "DE", "workplaceType": "remote", "createdAt": 1793620800000, "description": "<p>Design <b>vaults</b>.</p>",
                  "lists": [{"text": "Requirements", "content": "<li>Steel</li>"}], "additional": "<div>Equal chances</div>",
                  "hostedUrl": "https://jobs.lever.co/acme/5ac2", "applyUrl": "https://jobs.lever.co/acme/5ac2/apply",
                  "salaryRange": {"currency": "EUR", "interval": "per-year-salary", "min": 75000, "max": 90000}}]
                """,
        },
        "ashby" => new()
        {
            ["/posting-api/job-board/acme?includeCompensation=true"] =
                """
                {"apiVersion": "1", "jobs": [
                  {"title": "Vault Designer", "location": "Berlin", "secondaryLocations": [{"location": "Paris"}], "isListed": true, "isRemote": false,
                   "descriptionHtml": "<p>Design <b>vaults</b>.</p>", "publishedAt": "2026-11-02T16:21:55.393+00:00", "employmentType": "FullTime",
                   "address": {"postalAddress": {"addressLocality": "Berlin", "addressRegion": "BE", "addressCountry": "Germany"}},
                   "jobUrl": "https://jobs.ashbyhq.com/acme/1", "applyUrl": "https://jobs.ashbyhq.com/acme/1/application",
                   "compensation": {"compensationTierSummary": "€75K – €90K", "summaryComponents": [
                     {"compensationType": "EquityPercentage", "interval": "NONE", "minValue": 0.5}, 
                     {"compensationType": "Salary", "interval": "1 YEAR", "currencyCode": "EUR", "minValue": 75000, "maxValue": 90000}]}},
                  {"title": "Secret", "isListed": false, "jobUrl": "https://jobs.ashbyhq.com/acme/2"}]}
                """,
        },
        "workable" => new()
        {
            ["/api/v1/widget/accounts/acme?details=true"] =
                """
                {"name": "Acme", "description": null, "jobs": [{"title": "Vault Designer", "shortcode": "AB12", "employment_type": "Full-time", "telecommuting": true,
                  "url": "https://apply.workable.com/j/AB12", "application_url": "https://apply.workable.com/j/AB12/apply", "published_on": "2026-11-02",
                  "country": "Germany", "city": "Berlin", "state": "BE", "locations": [{"country": "Germany", "countryCode": "DE", "city": "Berlin", "region": "BE", "hidden": false}],
                  "description": "<p>Design <b>vaults</b>.</p>"}]}
                """,
        },
        _ => new()
        {
            ["/v1/companies/acme/postings?limit=100&offset=0"] =
                """
                {"offset": 0, "limit": 100, "totalFound": 1, "content": [{"id": "7", "name": "Vault Designer", "company": {"identifier": "acme", "name": "Acme"},
                  "location": {"city": "Berlin", "region": "BE", "country": "de", "remote": false}, "ref": "http://169.254.169.254/latest"}]}
                """,
            ["/v1/companies/acme/postings/7"] =
                """
                {"id": "7", "name": "Vault Designer", "company": {"identifier": "acme", "name": "Acme"}, "releasedDate": "2026-11-02T10:00:00.000Z",
                  "location": {"city": "Berlin", "region": "BE", "country": "de", "remote": false}, "typeOfEmployment": {"label": "Full-time"},
                  "jobAd": {"sections": {"jobDescription": {"title": "Job", "text": "<p>Design <b>vaults</b>.</p>"}}}}
                """,
        },
    };
}
