using ActorJobs.Workloads.Scraping.Runs;

namespace ActorJobs.Workloads.Scraping.Steps;

/// <summary>
/// One attempt of one step for one company: says how far it is, both to the job and to the run, hands over to the next step, and notes failures where
/// the run's page shows them.
/// </summary>
internal sealed class CompanyStep(CompanyArgs args, ScrapeStep step, JobContext context, RunLedger ledger)
{
    public CompanyArgs Args => args;

    public JobContext Context => context;

    /// <summary>Runs the work of a step, unless the run was cancelled or another attempt has gone further.</summary>
    public async ValueTask<JobOutcome<StepResult>> RunAsync(Func<ValueTask<JobOutcome<StepResult>>> work)
    {
        if (!Advance(RunState.Running, 0, $"{step} started"))
            return JobOutcome.Cancelled();
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // noted for the run's page; what becomes of the attempt is the engine's to decide
            var isLast = exception is PermanentJobException || context.Attempt >= context.MaxAttempts;
            NoteFailure(exception.GetType().Name, exception.Message, isLast);
            throw;
        }
    }

    public bool Report(double fraction, string message, int? pages = null, int? found = null)
    {
        context.ReportProgress(fraction, message);
        return Advance(RunState.Running, fraction, message, pages: pages, found: found);
    }

    public void AddErrors(IReadOnlyList<RunError> errors, double fraction, string message) =>
        ledger.Advance(Update(RunState.Running, fraction, message), errors);

    /// <summary>Notes whether the crawl saw all there is.</summary>
    public void NoteWhole(bool isWhole) => ledger.Advance(Update(RunState.Running, 1, "Fetched") with { IsWhole = isWhole });

    /// <summary>Submits the next step; repeating it submits nothing twice. Null when it is durable, else what to answer.</summary>
    public async ValueTask<JobOutcome?> HandOverAsync(ScrapeStep next)
    {
        var request = JobRequest.Of(ScrapeKinds.Of(next), args) with { Tenant = context.Tenant, Tags = ["scraping"] };
        var results = await context.SubmitChildrenAsync("next", [request], context.Cancellation);
        switch (results[0])
        {
            case SubmitResult.Accepted accepted:
                Advance(RunState.Running, 1, $"{step} done, {next} queued", accepted.Id);
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
    public JobOutcome Failed(string code, string detail, TimeSpan? retryAfter = null)
    {
        NoteFailure(code, detail, isLast: context.Attempt >= context.MaxAttempts);
        return JobOutcome.Failed(detail, retryAfter, code);
    }

    /// <summary>No repetition mends it.</summary>
    public JobOutcome Discarded(string code, string detail)
    {
        NoteFailure(code, detail, isLast: true);
        return JobOutcome.Discarded($"{code}: {detail}");
    }

    public CompanyUpdate Update(RunState state, double fraction, string message) =>
        new(args.RunId, args.Company, step, context.Attempt, state, fraction, message, context.Id);

    private bool Advance(RunState state, double fraction, string message, JobId? job = null, int? pages = null, int? found = null) =>
        ledger.Advance(Update(state, fraction, message) with { JobId = job ?? context.Id, Pages = pages, Found = found });

    private void NoteFailure(string code, string detail, bool isLast)
    {
        var message = isLast ? $"{step} failed: {detail}" : FormattableString.Invariant($"{step} failed, attempt {context.Attempt} of {context.MaxAttempts}: {detail}");
        context.Log(message);
        ledger.Advance(Update(isLast ? RunState.Failed : RunState.Running, 0, message), [new RunError(step.ToString(), $"{code}: {detail}")]);
    }
}
