using ActorJobs.Workloads.Scraping.Crawling;
using ActorJobs.Workloads.Scraping.Runs;

namespace ActorJobs.Workloads.Scraping.Steps;

/// <summary>Fetches a company's pages into the store.</summary>
internal sealed class FetchHandler(CompanyCrawler crawler, CompanySteps steps) : IJobHandler<CompanyArgs, StepResult>
{
    // a server may ask for any time, years included: a run that waited for it would never end
    private static readonly TimeSpan MaxWait = TimeSpan.FromHours(1);

    public ValueTask<JobOutcome<StepResult>> RunAsync(CompanyArgs args, JobContext context)
    {
        var step = steps.Of(args, ScrapeStep.Fetch, context);
        return step.RunAsync(() => CrawlAsync(step));
    }

    private async ValueTask<JobOutcome<StepResult>> CrawlAsync(CompanyStep step)
    {
        var result = await crawler.CrawlAsync(
            step.Args.RunId, new Uri(step.Args.Company),
            crawl => step.ReportAsync((double)crawl.Visited / crawl.Known, FormattableString.Invariant($"Fetched {crawl.Visited} of {crawl.Known} pages"), crawl.Pages),
            step.Context.Cancellation);
        switch (result.Start)
        {
            case FetchResult.Transient { RetryAfter: { } asked } transient when asked > MaxWait:
                return await step.DiscardedAsync(transient.Code, FormattableString.Invariant($"{transient.Detail}, and the site asks to wait for more than {MaxWait.TotalHours} h"));
            case FetchResult.Transient transient:
                return await step.FailedAsync(transient.Code, transient.Detail, transient.RetryAfter);
            case FetchResult.Permanent permanent:
                return await step.DiscardedAsync(permanent.Code, permanent.Detail);
        }

        var message = FormattableString.Invariant($"Fetched {result.Pages} pages");
        foreach (var error in result.Errors)
            step.Context.Log($"{error.Where}: {error.Problem}");
        await step.ConcludeAsync(message, said => said with { Pages = result.Pages, IsWhole = result.IsWhole, Errors = result.Errors });
        return await step.HandOverAsync(ScrapeStep.Parse) is { } other ? other : new StepResult(step.Args.Company, result.Pages, message);
    }
}
