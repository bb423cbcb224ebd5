using ActorJobs.Workloads.Scraping.Runs;

namespace ActorJobs.Workloads.Scraping.Steps;

/// <summary>Starts a run: one <c>scraping.fetch</c> for each company. It waits for none of them, so it holds no slot while they work.</summary>
internal sealed class RunHandler(RunLedger ledger, ScrapingOptions options) : IJobHandler<ScrapeRunArgs, RunSubmitted>
{
    public async ValueTask<JobOutcome<RunSubmitted>> RunAsync(ScrapeRunArgs args, JobContext context)
    {
        if (CompanyUrls.Problem(args.Companies, options.MaxCompanies) is { } problem)
            return JobOutcome.Discarded(problem);
        var runId = context.Id.Value;
        ledger.Create(runId, args);
        if (ledger.Find(runId) is null or { State: RunState.Cancelled })
            return JobOutcome.Cancelled();

        var companies = CompanyUrls.Canonical(args.Companies);
        var requests = companies.Select(company =>
            JobRequest.Of(ScrapeKinds.Fetch, new CompanyArgs(runId, company.AbsoluteUri, args.Enrich)) with { Tenant = args.User ?? context.Tenant, Tags = ["scraping"] });
        var results = await context.SubmitChildrenAsync("fetch", [.. requests], context.Cancellation);
        // the companies accepted so far keep their jobs: submitting them again finds them
        if (results.OfType<SubmitResult.QueueFull>().FirstOrDefault() is { } full)
            return JobOutcome.Snoozed(full.RetryAfter);
        if (results.FirstOrDefault(result => result is not SubmitResult.Accepted) is { } refused)
            return JobOutcome.Failed($"A company was not accepted: {refused}");
        NoteJobs(runId, companies, results);
        context.ReportProgress(1, FormattableString.Invariant($"{companies.Count} companies queued"));
        return new RunSubmitted(companies.Count);
    }

    // so that a cancel reaches companies whose fetch has not begun; attempt 0 loses to whatever the fetch itself says
    private void NoteJobs(string runId, IReadOnlyList<Uri> companies, IReadOnlyList<SubmitResult> results)
    {
        for (var i = 0; i < companies.Count; i++)
        {
            ledger.Advance(new CompanyUpdate(
                runId, companies[i].AbsoluteUri, ScrapeStep.Fetch, Attempt: 0, RunState.Queued, 0, "Fetch queued", ((SubmitResult.Accepted)results[i]).Id));
        }
    }
}
