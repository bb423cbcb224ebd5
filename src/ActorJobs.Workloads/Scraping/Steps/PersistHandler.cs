using ActorJobs.Workloads.Scraping.Runs;
using ActorJobs.Workloads.Scraping.Storage;

namespace ActorJobs.Workloads.Scraping.Steps;

/// <summary>
/// Stores the postings of a company, and in the same transaction ends the company and forgets what the steps left behind: a repeated attempt finds the
/// company ended and adds nothing.
/// </summary>
internal sealed class PersistHandler(ScrapingDatabase database, RunLedger ledger, RunSignals signals, TimeProvider time) : IJobHandler<CompanyArgs, StepResult>
{
    public ValueTask<JobOutcome<StepResult>> RunAsync(CompanyArgs args, JobContext context)
    {
        // the run row says "done" for a repeated attempt whose first result was lost with its node
        if (ledger.Find(args.RunId)?.Companies?.FirstOrDefault(company => company.Company == args.Company) is { State: RunState.Completed } done)
            return ValueTask.FromResult<JobOutcome<StepResult>>(new StepResult(args.Company, done.PostingsFound, done.StatusMessage ?? ""));
        var step = new CompanyStep(args, ScrapeStep.Persist, context, ledger);
        return step.RunAsync(() => ValueTask.FromResult(Persist(step)));
    }

    private JobOutcome<StepResult> Persist(CompanyStep step)
    {
        var (args, now) = (step.Args, time.GetUtcNow());
        var result = database.Write(connection =>
        {
            // asked inside the transaction: a cancel or a newer attempt in between stores nothing
            if (!RunTable.Advance(connection, step.Update(RunState.Running, 0, "Storing"), now))
                return null;
            var postings = DraftTable.Of(connection, args.RunId, args.Company);
            var added = postings.Count(draft => PostingTable.Save(connection, draft.Posting, args.Company, now));
            var closed = PostingTable.CloseGone(connection, args.RunId, args.Company, now);
            var message = FormattableString.Invariant($"Stored {postings.Count} postings, {added} of them new") + (closed > 0 ? FormattableString.Invariant($", {closed} are gone") : "");
            RunTable.Advance(connection, step.Update(RunState.Completed, 1, message) with { Found = postings.Count, Added = added }, now);
            DraftTable.Delete(connection, args.RunId, args.Company);
            RunFailureTable.Delete(connection, args.RunId, args.Company);
            PageTable.Detach(connection, args.RunId, args.Company);
            return new StepResult(args.Company, postings.Count, message);
        });
        if (result is null)
            return JobOutcome.Cancelled();
        step.Context.ReportProgress(1, result.Message);
        signals.Raise(args.RunId);
        return result;
    }
}
