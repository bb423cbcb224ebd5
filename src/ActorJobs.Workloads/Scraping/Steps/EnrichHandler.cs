using ActorJobs.Workloads.Scraping.Enrichment;
using ActorJobs.Workloads.Scraping.Runs;
using ActorJobs.Workloads.Scraping.Storage;

namespace ActorJobs.Workloads.Scraping.Steps;

/// <summary>Enriches the postings of a company one by one; each result is kept at once, so that a repeated attempt goes on where the last one ended.</summary>
internal sealed class EnrichHandler(ScrapingDatabase database, IPostingEnricher enricher, RuleEnricher rules, CompanySteps steps) : IJobHandler<CompanyArgs, StepResult>
{
    public ValueTask<JobOutcome<StepResult>> RunAsync(CompanyArgs args, JobContext context)
    {
        var step = steps.Of(args, ScrapeStep.Enrich, context);
        return step.RunAsync(() => EnrichAsync(step));
    }

    private async ValueTask<JobOutcome<StepResult>> EnrichAsync(CompanyStep step)
    {
        var args = step.Args;
        var drafts = database.Read(connection => DraftTable.Of(connection, args.RunId, args.Company));
        var results = new List<PostingEnrichment>();
        for (var i = 0; i < drafts.Count; i++)
        {
            var (position, posting) = drafts[i];
            if (posting.Enrichment is { } before)
            {
                results.Add(before);
            }
            else
            {
                var enrichment = await EnrichAsync(posting, step.Context);
                results.Add(enrichment);
                database.Write(connection => DraftTable.Save(connection, args.RunId, args.Company, position, Merge(posting, enrichment)));
            }

            await step.ReportAsync((i + 1.0) / drafts.Count, FormattableString.Invariant($"Enriched {i + 1} of {drafts.Count} postings by {enricher.Name}"));
        }

        return await step.HandOverAsync(ScrapeStep.Persist) is { } other ? other : new StepResult(args.Company, drafts.Count, Summary(results));
    }

    // the last attempt of a step whose model stays away does with rules: less is known of the postings then, but they are not lost
    private async ValueTask<PostingEnrichment> EnrichAsync(Posting posting, JobContext context)
    {
        try
        {
            return await enricher.EnrichAsync(posting, context.Cancellation);
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutException && context.Attempt >= context.MaxAttempts && enricher is not RuleEnricher)
        {
            return (await rules.EnrichAsync(posting, context.Cancellation)) with { Instead = $"{enricher.Name}: {exception.Message}" };
        }
    }

    private static string Summary(List<PostingEnrichment> results)
    {
        var usage = results.Aggregate(TokenUsage.None, (sum, result) => sum + result.Usage);
        var by = string.Join(", ", results.GroupBy(result => result.By).Select(group => FormattableString.Invariant($"{group.Count()} by {group.Key}")));
        var tokens = usage == TokenUsage.None ? "" : FormattableString.Invariant($"; {usage.Prompt} tokens read, {usage.Completion} written");
        return FormattableString.Invariant($"Enriched {results.Count} postings: {by}{tokens}");
    }

    private static Posting Merge(Posting posting, PostingEnrichment found) => posting with
    {
        Enrichment = found,
        Salary = posting.Salary ?? found.Salary,
        Remote = posting.Remote ?? found.Remote,
        Language = posting.Language ?? found.Language,
    };
}
