using ActorJobs.Workloads.Scraping.Runs;
using ActorJobs.Workloads.Scraping.Storage;

namespace ActorJobs.Workloads.Scraping.Steps;

/// <summary>Enriches the postings of a company one by one; each result is kept at once, so that a repeated attempt goes on where the last one ended.</summary>
internal sealed class EnrichHandler(ScrapingDatabase database, IPostingEnricher enricher, RunLedger ledger) : IJobHandler<CompanyArgs, StepResult>
{
    public ValueTask<JobOutcome<StepResult>> RunAsync(CompanyArgs args, JobContext context)
    {
        var step = new CompanyStep(args, ScrapeStep.Enrich, context, ledger);
        return step.RunAsync(() => EnrichAsync(step));
    }

    private async ValueTask<JobOutcome<StepResult>> EnrichAsync(CompanyStep step)
    {
        var args = step.Args;
        var drafts = database.Read(connection => DraftTable.Of(connection, args.RunId, args.Company));
        for (var i = 0; i < drafts.Count; i++)
        {
            var (position, posting) = drafts[i];
            if (posting.Enrichment is null)
            {
                var enrichment = await enricher.EnrichAsync(posting, step.Context.Cancellation);
                database.Write(connection => DraftTable.Save(connection, args.RunId, args.Company, position, Merge(posting, enrichment)));
            }

            step.Report((i + 1.0) / drafts.Count, FormattableString.Invariant($"Enriched {i + 1} of {drafts.Count} postings by {enricher.Name}"));
        }

        return await step.HandOverAsync(ScrapeStep.Persist) is { } other
            ? other
            : new StepResult(args.Company, drafts.Count, FormattableString.Invariant($"Enriched {drafts.Count} postings by {enricher.Name}"));
    }

    private static Posting Merge(Posting posting, PostingEnrichment found) => posting with
    {
        Enrichment = found,
        Salary = posting.Salary ?? found.Salary,
        Remote = posting.Remote ?? found.Remote,
        Language = posting.Language ?? found.Language,
    };
}
