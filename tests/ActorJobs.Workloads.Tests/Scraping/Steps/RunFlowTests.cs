using System.Text.Json;
using ActorJobs.Workloads.Scraping;

namespace ActorJobs.Workloads.Tests.Scraping.Steps;

/// <summary>What becomes of a run when its steps fail, repeat, overtake each other or are cancelled.</summary>
public sealed class RunFlowTests
{
    [Fact]
    public async Task Steps_go_to_their_queues_with_the_documented_waits_and_limits()
    {
        await using var node = await ScrapingNode.StartAsync();
        var kinds = node.Services.GetServices<JobKind>().Where(kind => kind.Name.StartsWith("scraping.", StringComparison.Ordinal) && kind.Name != "scraping.run").Select(kind =>
            $"{kind.Name} {kind.Options.Queue} {kind.Options.MaxAttempts} {kind.Options.Timeout.TotalMinutes} " +
            string.Join('/', ((Backoff.List)kind.Options.Backoff).Delays.Select(delay => delay.TotalSeconds)));

        Assert.Equal(
            ["scraping.fetch io_fetch 4 10 10/30/60", "scraping.parse parse 3 5 5/15", "scraping.enrich ai_enrich 3 15 15/45", "scraping.persist persist 4 5 5/10/20"],
            kinds);
    }

    [Fact]
    public async Task The_chain_runs_step_by_step_and_enrichment_is_optional()
    {
        await using var node = await ScrapingNode.StartAsync();
        await node.ScrapeAsync(false, node.Sample("borealis-clinic"));
        await node.ScrapeAsync(true, node.Sample("borealis-clinic"));

        Assert.Equal(
            ["scraping.run", "scraping.fetch", "scraping.parse", "scraping.persist", "scraping.run", "scraping.fetch", "scraping.parse", "scraping.enrich", "scraping.persist"],
            node.Engine.Jobs.Select(job => job.Request.Kind));
        Assert.All(node.Engine.Jobs, job => Assert.Equal("ada", job.Request.Tenant));
    }

    [Fact]
    public async Task Repeating_any_step_after_the_end_changes_nothing()
    {
        await using var node = await ScrapingNode.StartAsync();
        var run = await node.ScrapeAsync(true, node.Sample("northwind-labs"));
        var postings = await node.GetAsync("/api/v1/postings");
        var jobs = node.Engine.Jobs.Count;

        foreach (var job in node.Engine.Jobs.ToList())
            await node.Engine.RunAgainAsync(job, node.Services);

        Assert.Equal(jobs, node.Engine.Jobs.Count);
        Assert.Equal(run.ToString(), (await node.GetAsync($"/api/v1/scrapes/{run.GetProperty("id")}")).ToString());
        Assert.Equal(postings.ToString(), (await node.GetAsync("/api/v1/postings")).ToString());
    }

    [Fact]
    public async Task A_site_that_is_down_is_tried_four_times_and_then_told()
    {
        await using var site = await LoopbackSite.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/robots.txt" ? 404 : 503;
            return Task.CompletedTask;
        });
        await using var node = await ScrapingNode.StartAsync();

        var run = await node.ScrapeAsync(false, site.Root.ToString(), node.Sample("harbour-books"));

        Assert.Equal(4, site.Requests.Count(path => path == "/"));
        Assert.Equal(JobStatus.Discarded, node.Engine.Jobs.Single(job => job.Request.Kind == "scraping.fetch" && job.Attempt == 4).State);
        Assert.Equal("Completed", run.GetProperty("state").GetString());
        Assert.Equal("Completed 1 of 2 companies, 1 failed", run.GetProperty("statusMessage").GetString());
        var company = run.GetProperty("companies")[0];
        Assert.Equal("Failed", company.GetProperty("state").GetString());
        Assert.Equal("Fetch failed: HTTP 503", company.GetProperty("statusMessage").GetString());
        Assert.Equal("HttpError: HTTP 503", company.GetProperty("errors")[0].GetProperty("problem").GetString());
    }

    [Fact]
    public async Task A_page_that_is_not_there_is_not_tried_again()
    {
        await using var node = await ScrapingNode.StartAsync();

        var run = await node.ScrapeAsync(false, node.Sample("no-such-company"));

        Assert.Equal("Failed", run.GetProperty("state").GetString());
        Assert.Equal(1, node.Engine.Jobs.Single(job => job.Request.Kind == "scraping.fetch").Attempt);
    }

    [Fact]
    public async Task A_private_address_fails_its_company_by_default()
    {
        await using var node = await ScrapingNode.StartAsync(options: options => options.AllowedAddresses.Clear());

        var run = await node.ScrapeAsync(false, node.Sample("harbour-books"));

        Assert.StartsWith("Address: 127.0.0.1 has no public address", run.GetProperty("companies")[0].GetProperty("errors")[0].GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_enricher_is_retried_from_where_it_stopped()
    {
        var enricher = new FlakyEnricher();
        await using var node = await ScrapingNode.StartAsync(services => services.AddSingleton<IPostingEnricher>(enricher));

        var run = await node.ScrapeAsync(true, node.Sample("northwind-labs"));

        Assert.Equal("Completed", run.GetProperty("state").GetString());
        Assert.Equal(2, node.Engine.Jobs.Single(job => job.Request.Kind == "scraping.enrich").Attempt);
        Assert.Equal(4, enricher.Calls);
        Assert.All((await node.GetAsync("/api/v1/postings")).GetProperty("items").EnumerateArray(),
            item => Assert.Equal("flaky", item.GetProperty("posting").GetProperty("enrichment").GetProperty("by").GetString()));
    }

    [Fact]
    public async Task A_cancelled_run_stops_and_stores_nothing()
    {
        await using var node = await ScrapingNode.StartAsync();
        var id = await node.StartScrapeAsync(false, node.Sample("northwind-labs"), node.Sample("harbour-books"));
        await node.Engine.RunAgainAsync(node.Engine.Jobs.Single(), node.Services);

        using var response = await node.Http.PostAsync(new Uri($"/api/v1/scrapes/{id}/cancel", UriKind.Relative), null);
        var run = await response.Content.ReadFromJsonAsync<JsonElement>();
        await node.Engine.RunAllAsync(node.Services);

        Assert.Equal("Cancelled", run.GetProperty("state").GetString());
        Assert.All(run.GetProperty("companies").EnumerateArray(), company => Assert.Equal("Cancelled", company.GetProperty("state").GetString()));
        Assert.All(node.Engine.Jobs.Where(job => job.Request.Kind == "scraping.fetch"), job => Assert.Equal((JobStatus.Cancelled, 0), (job.State, job.Attempt)));
        Assert.Empty((await node.GetAsync("/api/v1/postings")).GetProperty("items").EnumerateArray());
        // and a step that was under way all the same finds the run closed
        Assert.IsType<JobOutcome.Cancellation>(await node.Engine.RunAgainAsync(node.Engine.Jobs.Last(), node.Services));
    }

    [Fact]
    public async Task A_job_that_ended_behind_the_runs_back_ends_its_company()
    {
        var time = new FakeTime();
        await using var node = await ScrapingNode.StartAsync(services => services.AddSingleton<TimeProvider>(time));
        var id = await node.StartScrapeAsync(false, node.Sample("harbour-books"));
        await node.Engine.RunAgainAsync(node.Engine.Jobs.Single(), node.Services);
        await node.Engine.CancelAsync(node.Engine.Jobs.Last().Id);

        Assert.Equal("Running", await StateAsync());
        time.Advance(TimeSpan.FromSeconds(16));

        Assert.Equal("Completed", await StateAsync());
        Assert.Equal("Cancelled", (await node.GetAsync($"/api/v1/scrapes/{id}")).GetProperty("companies")[0].GetProperty("state").GetString());

        async Task<string?> StateAsync() => (await node.GetAsync($"/api/v1/scrapes/{id}")).GetProperty("state").GetString();
    }

    [Fact]
    public async Task A_full_queue_delays_a_step_without_using_an_attempt()
    {
        await using var node = await ScrapingNode.StartAsync();
        await node.StartScrapeAsync(false, node.Sample("harbour-books"));
        node.Engine.Refusal = new SubmitResult.QueueFull("io_fetch", TimeSpan.FromSeconds(3));

        var outcome = await node.Engine.RunAgainAsync(node.Engine.Jobs.Single(), node.Services);

        Assert.Equal(new JobOutcome.Snooze(TimeSpan.FromSeconds(3)), outcome);
    }

    [Fact]
    public async Task Progress_goes_up_and_ends_at_one()
    {
        await using var node = await ScrapingNode.StartAsync();
        await node.ScrapeAsync(true, node.Sample("northwind-labs"));

        Assert.All(node.Engine.Jobs, job => Assert.Equal(1, job.Progress[^1].Fraction));
        Assert.Contains("Fetched 9 of 9 pages", node.Engine.Jobs.Single(job => job.Request.Kind == "scraping.fetch").Progress.Select(progress => progress.Message));
    }

    private sealed class FlakyEnricher : IPostingEnricher
    {
        public string Name => "flaky";

        public int Calls { get; private set; }

        public ValueTask<PostingEnrichment> EnrichAsync(Posting posting, CancellationToken cancellationToken) =>
            ++Calls == 2 ? throw new HttpRequestException("the model is away") : new(new PostingEnrichment(Name, [], null, null, null, null));
    }
}
