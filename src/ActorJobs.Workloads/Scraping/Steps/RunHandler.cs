using ActorJobs.Workloads.Scraping.Boards;
using ActorJobs.Workloads.Scraping.Runs;

namespace ActorJobs.Workloads.Scraping.Steps;

/// <summary>Starts a scrape: one <c>scraping.fetch</c> for each company. It waits for none of them, so it holds no slot while they work.</summary>
internal sealed class RunHandler(RunLedger ledger, ScrapeReading reading, BoardCatalog boards, ScrapingOptions options) : IJobHandler<ScrapeRunArgs, RunSubmitted>
{
    private const int MaxKeyLength = 200;

    public async ValueTask<JobOutcome<RunSubmitted>> RunAsync(ScrapeRunArgs args, JobContext context)
    {
        if (CompanyUrls.Problem(args.Companies, options.MaxCompanies) is { } problem)
            return JobOutcome.Discarded(problem);
        var runId = context.Id.Value;
        await ledger.CreateAsync(runId, args, context.Cancellation);
        if (await reading.StateAsync(runId, context.Cancellation) is null or { State: RunState.Cancelled })
            return JobOutcome.Cancelled();

        var companies = CompanyUrls.Canonical(args.Companies);
        var requests = companies.Select(company => JobRequest.Of(ScrapeKinds.Fetch, new CompanyArgs(runId, company.AbsoluteUri, args.Enrich)) with
        {
            Tenant = args.User ?? context.Tenant,
            Tags = ["scraping"],
            // the queue lets one crawl of a host run in the whole cluster: so the pauses between its requests, which a node keeps, are kept by all
            ConcurrencyKey = HostOf(boards.FeedOf(company) ?? company),
        });
        var results = await context.SubmitChildrenAsync("fetch", [.. requests], context.Cancellation);
        // the companies accepted so far keep their jobs: submitting them again finds them
        if (results.OfType<SubmitResult.QueueFull>().FirstOrDefault() is { } full)
            return JobOutcome.Snoozed(full.RetryAfter);
        if (results.FirstOrDefault(result => result is not SubmitResult.Accepted) is { } refused)
            return JobOutcome.Failed($"A company was not accepted: {refused}");
        await ledger.NoteJobsAsync(runId, results.Cast<SubmitResult.Accepted>().Select(accepted => accepted.Id), context.Cancellation);
        context.ReportProgress(1, FormattableString.Invariant($"{companies.Count} companies queued"));
        return new RunSubmitted(companies.Count);
    }

    // a key is shorter than the longest host names, of which the end tells whose they are
    private static string HostOf(Uri url)
    {
        var host = FormattableString.Invariant($"{url.IdnHost}:{url.Port}");
        return host.Length <= MaxKeyLength ? host : host[^MaxKeyLength..];
    }
}
