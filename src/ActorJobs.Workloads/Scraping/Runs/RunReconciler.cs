namespace ActorJobs.Workloads.Scraping.Runs;

/// <summary>
/// Finds companies whose job ended without telling the run: cancelled by an operator, timed out on its last attempt, or lost with its node. Such a company
/// would look busy for ever.
/// </summary>
internal sealed class RunReconciler(RunLedger ledger, ScrapeReading reading, IJobClient jobs, TimeProvider time)
{
    private const int MaxAtOnce = 20;

    // younger silence is ordinary: a slow page, a wait in the queue
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>The run, after companies that fell silent were asked about.</summary>
    public async ValueTask<ScrapeRun> ReconcileAsync(ScrapeRun run, CancellationToken cancellationToken)
    {
        var silent = (run.Companies ?? [])
            .Where(company => company is { State: RunState.Queued or RunState.Running, JobId: not null } && time.GetUtcNow() - company.UpdatedAt > Silence)
            .Take(MaxAtOnce).ToList();
        var changed = false;
        foreach (var company in silent)
        {
            var job = await jobs.FindAsync(new JobId(company.JobId!), cancellationToken);
            if (Ending(job) is { } ending)
                changed |= await ConcludeAsync(run.Id, company, job?.Attempt ?? int.MaxValue, ending.State, ending.Message, cancellationToken);
        }

        return changed ? await reading.FindAsync(run.Id, cancellationToken) ?? run : run;
    }

    // a completed job has handed over or ended its company itself
    private static (RunState State, string Message)? Ending(JobView? job) => job switch
    {
        null => (RunState.Failed, "The job is gone"),
        { State: JobStatus.Cancelled } => (RunState.Cancelled, "The job was cancelled"),
        { State: JobStatus.Discarded or JobStatus.Expired } => (RunState.Failed, job.Error?.Message ?? $"The job is {job.State}"),
        _ => null,
    };

    private Task<bool> ConcludeAsync(string runId, CompanyRun company, int attempt, RunState state, string message, CancellationToken cancellationToken)
    {
        var step = company.Step ?? ScrapeStep.Fetch;
        var said = new AdvanceCompany(company.Company, step, attempt, state, company.Progress, message) { Errors = [new RunError(step.ToString(), message)] };
        return ledger.AdvanceAsync(runId, said, cancellationToken);
    }
}
