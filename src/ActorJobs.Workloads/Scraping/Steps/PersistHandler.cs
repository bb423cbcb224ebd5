using ActorJobs.Workloads.Scraping.Runs;
using ActorJobs.Workloads.Scraping.Storage;

namespace ActorJobs.Workloads.Scraping.Steps;

/// <summary>
/// Stores the postings of a company together with a receipt, then ends the company, then forgets what the steps left behind. Wherever an attempt dies, the
/// next one goes on there: postings that have a receipt are not stored again, a company that has ended is not ended again.
/// </summary>
internal sealed class PersistHandler(ScrapingDatabase database, ScrapeReading reading, CompanySteps steps, TimeProvider time) : IJobHandler<CompanyArgs, StepResult>
{
    public async ValueTask<JobOutcome<StepResult>> RunAsync(CompanyArgs args, JobContext context)
    {
        var company = (await reading.StateAsync(args.RunId, context.Cancellation))?.Find(args.Company);
        if (company is { State: RunState.Completed })
        {
            Forget(args);
            return new StepResult(args.Company, company.Found, company.Message ?? "");
        }

        var step = steps.Of(args, ScrapeStep.Persist, context);
        return await step.RunAsync(() => PersistAsync(step, isWhole: company?.IsWhole ?? false));
    }

    private async ValueTask<JobOutcome<StepResult>> PersistAsync(CompanyStep step, bool isWhole)
    {
        var args = step.Args;
        var receipt = database.Write(connection => ReceiptTable.Find(connection, args.RunId, args.Company) ?? Store(connection, args, isWhole));
        var message = FormattableString.Invariant($"Stored {receipt.Found} postings, {receipt.Added} of them new")
            + (receipt.Closed > 0 ? FormattableString.Invariant($", {receipt.Closed} are gone") : "");
        // a cancel that came while they were stored cannot take them back
        if (!await step.CompleteAsync(message, receipt.Found, receipt.Added))
            return JobOutcome.Cancelled();
        Forget(args);
        return new StepResult(args.Company, receipt.Found, message);
    }

    private StoreReceipt Store(System.Data.Common.DbConnection connection, CompanyArgs args, bool isWhole)
    {
        var now = time.GetUtcNow();
        var postings = DraftTable.Of(connection, args.RunId, args.Company);
        var added = postings.Count(draft => database.Save(connection, draft.Posting, args.Company, now));
        var closed = PostingTable.CloseGone(connection, args.RunId, args.Company, isWhole, now);
        var receipt = new StoreReceipt(postings.Count, added, closed);
        RunTable.Begin(connection, args.RunId, now);
        ReceiptTable.Save(connection, args.RunId, args.Company, receipt);
        return receipt;
    }

    private void Forget(CompanyArgs args) => database.Write(connection =>
    {
        DraftTable.Delete(connection, args.RunId, args.Company);
        RunFailureTable.Delete(connection, args.RunId, args.Company);
        PageTable.Detach(connection, args.RunId, args.Company);
        ReceiptTable.Delete(connection, args.RunId, args.Company);
    });
}
