using ActorJobs.Workloads.Scraping.Crawling;
using ActorJobs.Workloads.Scraping.Runs;

namespace ActorJobs.Workloads.Scraping.Steps;

/// <summary>Fetches a company's pages into the store.</summary>
internal sealed class FetchHandler(CompanyCrawler crawler, RunLedger ledger) : IJobHandler<CompanyArgs, StepResult>
{
    public ValueTask<JobOutcome<StepResult>> RunAsync(CompanyArgs args, JobContext context)
    {
        var step = new CompanyStep(args, ScrapeStep.Fetch, context, ledger);
        return step.RunAsync(() => CrawlAsync(step));
    }

    private async ValueTask<JobOutcome<StepResult>> CrawlAsync(CompanyStep step)
    {
        var result = await crawler.CrawlAsync(
            step.Args.RunId, new Uri(step.Args.Company),
            crawl => step.Report((double)crawl.Visited / crawl.Known, FormattableString.Invariant($"Fetched {crawl.Visited} of {crawl.Known} pages"), crawl.Pages),
            step.Context.Cancellation);
        switch (result.Start)
        {
            case FetchResult.Transient transient:
                return step.Failed(transient.Code, transient.Detail, transient.RetryAfter);
            case FetchResult.Permanent permanent:
                return step.Discarded(permanent.Code, permanent.Detail);
        }

        var message = FormattableString.Invariant($"Fetched {result.Pages} pages");
        step.NoteWhole(result.IsWhole);
        step.AddErrors(result.Errors, 1, message);
        foreach (var error in result.Errors)
            step.Context.Log($"{error.Where}: {error.Problem}");
        return await step.HandOverAsync(ScrapeStep.Parse) is { } other ? other : new StepResult(step.Args.Company, result.Pages, message);
    }
}
