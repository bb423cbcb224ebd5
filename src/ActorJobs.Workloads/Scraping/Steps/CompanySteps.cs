using ActorJobs.Workloads.Scraping.Runs;

namespace ActorJobs.Workloads.Scraping.Steps;

/// <summary>Makes the attempts of steps.</summary>
internal sealed class CompanySteps(RunLedger ledger, TimeProvider time)
{
    public CompanyStep Of(CompanyArgs args, ScrapeStep step, JobContext context) => new(args, step, context, ledger, new ReportPace(time));
}
