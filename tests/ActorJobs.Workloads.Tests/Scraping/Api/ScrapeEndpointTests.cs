using System.Net;
using System.Text.Json;

namespace ActorJobs.Workloads.Tests.Scraping.Api;

public sealed class ScrapeEndpointTests : IAsyncLifetime
{
    private ScrapingNode node = null!;

    public async ValueTask InitializeAsync() => node = await ScrapingNode.StartAsync(options: options => options.MaxCompanies = 3);

    public ValueTask DisposeAsync() => node.DisposeAsync();

    [Theory]
    [InlineData("""{"companies":[]}""")]
    [InlineData("""{}""")]
    [InlineData("""{"companies":["ftp://example.org/"]}""")]
    [InlineData("""{"companies":["http://user:secret@example.org/"]}""")]
    [InlineData("""{"companies":["not a url"]}""")]
    [InlineData("""{"companies":[null]}""")]
    [InlineData("""{"companies":["http://a.b/1","http://a.b/2","http://a.b/3","http://a.b/4"]}""")]
    [InlineData("""{"companies":["http://a.b/"],"user":""}""")]
    public async Task A_request_that_makes_no_sense_is_refused_with_a_problem(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await node.Http.PostAsync(new Uri("/api/v1/scrapes", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(node.Engine.Jobs);
    }

    [Theory]
    [InlineData("""{"companies":5}""", "wrong-type", "/companies", "Expected an array, found 5.")]
    [InlineData("""{"companies":["http://a.b/",7]}""", "wrong-type", "/companies/1", "Expected a string, found 7.")]
    [InlineData("""{"companies":["http://a.b/"],"enrich":"yes"}""", "wrong-type", "/enrich", "Expected true or false, found the string \"yes\".")]
    [InlineData("""{"companies":["http://a.b/"],"enrch":true}""", "unknown-field", "/enrch", "There is no such field. Allowed: companies, enrich, user.")]
    [InlineData("[1]", "wrong-type", "", "Expected an object, found an array.")]
    public async Task A_body_that_does_not_fit_is_told_where_and_what_is_allowed(string body, string code, string place, string detail)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await node.Http.PostAsync(new Uri("/api/v1/scrapes", UriKind.Relative), content);
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(
            (code, place, detail),
            (problem.GetProperty("code").GetString(), problem.GetProperty("pointer").GetString(), problem.GetProperty("detail").GetString()));
        Assert.Empty(node.Engine.Jobs);
    }

    [Fact]
    public async Task A_full_queue_and_a_store_that_is_away_say_when_to_come_back()
    {
        node.Engine.Refusal = new SubmitResult.QueueFull("default", TimeSpan.FromSeconds(2.5));
        using var full = await PostAsync();
        node.Engine.Refusal = new SubmitResult.Unavailable("away", TimeSpan.FromSeconds(9));
        using var away = await PostAsync();

        Assert.Equal((HttpStatusCode.TooManyRequests, 3), (full.StatusCode, full.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 9), (away.StatusCode, away.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        Assert.Empty((await node.GetAsync("/api/v1/scrapes")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_run_can_be_looked_at_before_its_job_begins()
    {
        var id = await node.StartScrapeAsync(false, node.Sample("harbour-books"), node.Sample("harbour-books") + "?utm_source=twice");

        var run = await node.GetAsync($"/api/v1/scrapes/{id}");

        Assert.Equal(("Queued", "ada", 1), (run.GetProperty("state").GetString(), run.GetProperty("user").GetString(), run.GetProperty("companiesFound").GetInt32()));
    }

    [Theory]
    [InlineData("/api/v1/postings/abc", 404)]
    [InlineData("/api/v1/postings/99999999999999999999", 404)]
    [InlineData("/api/v1/scrapes/none", 404)]
    [InlineData("/api/v1/scrapes/none/watch", 404)]
    [InlineData("/api/v1/scrapes?limit=0", 400)]
    [InlineData("/api/v1/scrapes?cursor=x", 400)]
    [InlineData("/api/v1/postings?limit=1001", 400)]
    [InlineData("/api/v1/postings?cursor=!", 400)]
    [InlineData("/api/v1/postings?cursor=TmFOXzU", 400)]
    [InlineData("/api/v1/postings/7", 404)]
    public async Task What_is_not_there_or_wrong_is_a_problem(string path, int status)
    {
        using var response = await node.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("type=99", "There is no type '99'. Allowed: FullTime, PartTime, ")]
    [InlineData("seniority=-1", "There is no seniority '-1'. Allowed: Intern, ")]
    public async Task A_number_that_stands_for_nothing_is_refused_with_what_is_allowed(string filter, string detail)
    {
        foreach (var route in new[] { "/api/v1/postings", "/api/v1/postings/export" })
        {
            using var response = await node.Http.GetAsync(new Uri($"{route}?{filter}", UriKind.Relative));
            var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync());

            Assert.Equal(400, (int)response.StatusCode);
            Assert.StartsWith(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Runs_are_listed_newest_first_in_pages_and_by_user()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Add(await node.StartScrapeAsync(false, node.Sample("harbour-books")));

        var first = await node.GetAsync("/api/v1/scrapes?limit=2");
        var second = await node.GetAsync($"/api/v1/scrapes?limit=2&cursor={first.GetProperty("next")}");

        Assert.Equal([ids[2], ids[1]], Ids(first));
        Assert.Equal([ids[0]], Ids(second));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        Assert.Empty(Ids(await node.GetAsync("/api/v1/scrapes?user=grace")));
    }

    [Fact]
    public async Task A_run_is_cleared_only_after_its_end()
    {
        var id = await node.StartScrapeAsync(false, node.Sample("harbour-books"));

        Assert.Equal(HttpStatusCode.Conflict, await DeleteAsync(id));
        await node.Engine.RunAllAsync(node.Services);
        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(id));
        Assert.Equal(HttpStatusCode.NotFound, await DeleteAsync(id));
        Assert.Equal(2 + 1, (await node.GetAsync("/api/v1/postings")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_watcher_sees_the_run_from_its_start_to_its_end()
    {
        var id = await node.StartScrapeAsync(true, node.Sample("northwind-labs"));
        using var response = await node.Http.GetAsync(new Uri($"/api/v1/scrapes/{id}/watch", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        var events = RunEvents.ReadAsync(await response.Content.ReadAsStreamAsync()).GetAsyncEnumerator();
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("Queued", events.Current.GetProperty("state").GetString());

        var work = node.Engine.RunAllAsync(node.Services);
        JsonElement last = default;
        while (await events.MoveNextAsync())
            last = events.Current;

        await work;
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Completed", last.GetProperty("state").GetString());
    }

    private Task<HttpResponseMessage> PostAsync() => node.Http.PostAsJsonAsync("/api/v1/scrapes", new { companies = Enumerable.Repeat("https://example.org/", 1) });

    private async Task<HttpStatusCode> DeleteAsync(string id)
    {
        using var response = await node.Http.DeleteAsync(new Uri($"/api/v1/scrapes/{id}", UriKind.Relative));
        return response.StatusCode;
    }

    private static IEnumerable<string?> Ids(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(run => run.GetProperty("id").GetString());
}
