using ActorJobs.Actors.Entities;
using ActorJobs.Workloads.Scraping.Runs;

namespace ActorJobs.Workloads.Scraping.Steps;

/// <summary>
/// One attempt of one step for one company: says how far it is, both to the job and to the scrape, hands over to the next step, and notes failures where
/// the scrape's page shows them.
/// </summary>
internal sealed class CompanyStep(CompanyArgs args, ScrapeStep step, JobContext context, RunLedger ledger, ReportPace pace)
{
    private static readonly TimeSpan OutageRetry = TimeSpan.FromSeconds(2);

    public CompanyArgs Args => args;

    public JobContext Context => context;

    /// <summary>Runs the work of a step, unless the scrape was cancelled or another attempt has gone further.</summary>
    public async ValueTask<JobOutcome<StepResult>> RunAsync(Func<ValueTask<JobOutcome<StepResult>>> work)
    {
        try
        {
            return await AdvanceAsync(RunState.Running, 0, $"{step} started") ? await work() : JobOutcome.Cancelled();
        }
        catch (OvertakenException)
        {
            return JobOutcome.Cancelled();
        }
        catch (EntityException exception) when (exception.Failure.Reason == EntityFailureReason.Unavailable)
        {
            // the scrape's owner is away, which is no fault of this step: what it has done is kept, and no attempt is used
            context.Log(exception.Message);
            return JobOutcome.Snoozed(OutageRetry);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // noted for the scrape's page; what becomes of the attempt is the engine's to decide
            var isLast = exception is PermanentJobException || context.Attempt >= context.MaxAttempts;
            await NoteFailureAsync(exception.GetType().Name, exception.Message, isLast);
            throw;
        }
    }

    /// <summary>Says how far the step is; the scrape hears of it at a bounded pace. Ends the step when it was cancelled, or another attempt has gone further.</summary>
    public async Task ReportAsync(double fraction, string message, int? pages = null, int? found = null)
    {
        context.ReportProgress(fraction, message);
        if (pace.Takes(fraction) && !await AdvanceAsync(RunState.Running, fraction, message, said => said with { Pages = pages, Found = found }))
            throw new OvertakenException();
    }

    /// <summary>Says what the step's work came to, before it hands over.</summary>
    public Task ConcludeAsync(string message, Func<AdvanceCompany, AdvanceCompany> more)
    {
        context.ReportProgress(1, message);
        return AdvanceAsync(RunState.Running, 1, message, more);
    }

    /// <summary>Ends the company; false when it was cancelled, or another attempt has gone further.</summary>
    public Task<bool> CompleteAsync(string message, int found, int added)
    {
        context.ReportProgress(1, message);
        return AdvanceAsync(RunState.Completed, 1, message, said => said with { Found = found, Added = added });
    }

    /// <summary>Submits the next step; repeating it submits nothing twice. Null when it is durable, else what to answer.</summary>
    public async ValueTask<JobOutcome?> HandOverAsync(ScrapeStep next)
    {
        var request = JobRequest.Of(ScrapeKinds.Of(next), args) with { Tenant = context.Tenant, Tags = ["scraping"] };
        var results = await context.SubmitChildrenAsync("next", [request], context.Cancellation);
        switch (results[0])
        {
            case SubmitResult.Accepted accepted:
                await AdvanceAsync(RunState.Running, 1, $"{step} done, {next} queued", said => said with { JobId = accepted.Id.Value });
                return null;
            // backpressure is no failure: what is done stays done, and no attempt is used
            case SubmitResult.QueueFull full:
                return JobOutcome.Snoozed(full.RetryAfter);
            case SubmitResult.Unavailable unavailable:
                return JobOutcome.Snoozed(unavailable.RetryAfter);
            case var refused:
                throw new PermanentJobException($"The step {next} was refused: {refused}");
        }
    }

    /// <summary>The attempt failed and may be repeated.</summary>
    public async ValueTask<JobOutcome> FailedAsync(string code, string detail, TimeSpan? retryAfter = null)
    {
        await NoteFailureAsync(code, detail, isLast: context.Attempt >= context.MaxAttempts);
        return JobOutcome.Failed(detail, retryAfter, code);
    }

    /// <summary>No repetition mends it.</summary>
    public async ValueTask<JobOutcome> DiscardedAsync(string code, string detail)
    {
        await NoteFailureAsync(code, detail, isLast: true);
        return JobOutcome.Discarded($"{code}: {detail}");
    }

    private Task<bool> AdvanceAsync(RunState state, double fraction, string message, Func<AdvanceCompany, AdvanceCompany>? more = null)
    {
        var said = new AdvanceCompany(args.Company, step, context.Attempt, state, fraction, message) { JobId = context.Id.Value };
        return ledger.AdvanceAsync(args.RunId, more is null ? said : more(said), context.Cancellation);
    }

    /// <summary>What this attempt does is another's now, or nobody's: a node that was taken for dead may still be at it.</summary>
    private sealed class OvertakenException : Exception;

    private async Task NoteFailureAsync(string code, string detail, bool isLast)
    {
        var message = isLast ? $"{step} failed: {detail}" : FormattableString.Invariant($"{step} failed, attempt {context.Attempt} of {context.MaxAttempts}: {detail}");
        context.Log(message);
        await AdvanceAsync(isLast ? RunState.Failed : RunState.Running, 0, message, said => said with { Errors = [new RunError(step.ToString(), $"{code}: {detail}")] });
    }
}
