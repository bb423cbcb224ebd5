using ActorJobs.Workloads.Scraping.Boards;
using ActorJobs.Workloads.Scraping.Parsing;
using ActorJobs.Workloads.Scraping.Postings;
using ActorJobs.Workloads.Scraping.Runs;
using ActorJobs.Workloads.Scraping.Storage;

namespace ActorJobs.Workloads.Scraping.Steps;

/// <summary>Reads postings from the pages of a company.</summary>
internal sealed class ParseHandler(ScrapingDatabase database, BoardCatalog boards, CompanySteps steps, TimeProvider time) : IJobHandler<CompanyArgs, StepResult>
{
    private const int MaxPostings = 5_000;

    public ValueTask<JobOutcome<StepResult>> RunAsync(CompanyArgs args, JobContext context)
    {
        var step = steps.Of(args, ScrapeStep.Parse, context);
        return step.RunAsync(() => ParseAsync(step));
    }

    private async ValueTask<JobOutcome<StepResult>> ParseAsync(CompanyStep step)
    {
        var args = step.Args;
        var urls = database.Read(connection => PageTable.UrlsOf(connection, args.RunId, args.Company));
        var found = new List<Posting>();
        var errors = new List<RunError>();
        for (var i = 0; i < urls.Count && found.Count < MaxPostings; i++)
        {
            step.Context.Cancellation.ThrowIfCancellationRequested();
            if (database.Read(connection => PageTable.Find(connection, urls[i])) is { } stored)
            {
                var page = boards.IsFeed(urls[i]) ? boards.Read(stored.Text, urls[i]).Page : PageParser.Parse(stored.Text, stored.Url);
                found.AddRange(page.Postings);
                errors.AddRange(page.Issues.Select(issue => new RunError(stored.Url.AbsoluteUri, $"{issue.Field}: {issue.Problem}")));
            }

            await step.ReportAsync((i + 1.0) / urls.Count, FormattableString.Invariant($"Parsed {i + 1} of {urls.Count} pages"), found: found.Count);
        }

        var postings = OncePerPosting(found);
        database.Write(connection =>
        {
            RunTable.Begin(connection, args.RunId, time.GetUtcNow());
            DraftTable.Replace(connection, args.RunId, args.Company, postings);
        });
        var message = FormattableString.Invariant($"Found {postings.Count} postings");
        await step.ConcludeAsync(message, said => said with { Found = postings.Count, Errors = errors });
        return await step.HandOverAsync(args.Enrich ? ScrapeStep.Enrich : ScrapeStep.Persist) is { } other
            ? other
            : new StepResult(args.Company, postings.Count, message);
    }

    // a list page shows in short what the posting's own page shows in full: the reading with the fewest gaps is kept
    private static List<Posting> OncePerPosting(IEnumerable<Posting> found) =>
    [
        // by text: Uri leaves the fragment out of the comparison, and postings of one page differ in nothing else
        .. found.GroupBy(posting => posting.CanonicalUrl.AbsoluteUri).Select(Best)
            .GroupBy(PostingFingerprint.Of).Select(Best),
    ];

    private static Posting Best(IEnumerable<Posting> same) =>
        same.OrderBy(posting => posting.Issues.Count).ThenBy(posting => posting.ExtractedBy).ThenByDescending(posting => posting.DescriptionText?.Length ?? 0).First();
}
