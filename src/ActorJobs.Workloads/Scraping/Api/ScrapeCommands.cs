using ActorJobs.Actors.Entities;
using ActorJobs.AspNetCore;
using ActorJobs.Workloads.Scraping.Runs;
using ActorJobs.Workloads.Scraping.Steps;

namespace ActorJobs.Workloads.Scraping.Api;

/// <summary>What API and pages can do to a run. A problem says why it was not done.</summary>
internal sealed class ScrapeCommands(RunLedger ledger, ScrapeReading reading, IJobClient jobs, ScrapingOptions options)
{
    public async Task<(ScrapeAccepted? Accepted, ApiProblem? Problem)> StartAsync(ScrapeRequest request, CancellationToken cancellationToken)
    {
        if (request.Problem(options) is { } problem)
            return (null, problem);
        if (request.User is { } user && await reading.CountOpenAsync(user, cancellationToken) >= options.MaxOpenRunsPerUser)
            return (null, ScrapeProblems.TooMany(user, options.MaxOpenRunsPerUser));
        var args = new ScrapeRunArgs(request.Companies!, request.Enrich, request.User);
        var submitted = await jobs.SubmitAsync(
            JobRequest.Of(ScrapeKinds.Run, args) with { Tenant = request.User, Tags = ["scraping"] }, cancellationToken);
        if (submitted is not SubmitResult.Accepted accepted)
            return (null, ScrapeProblems.Of(submitted));
        await CreateAsync(accepted.Id.Value, args, cancellationToken);
        return (new ScrapeAccepted(accepted.Id.Value, RunState.Queued, accepted.Durability), null);
    }

    public async Task<ApiProblem?> CancelAsync(string id, CancellationToken cancellationToken)
    {
        if (await reading.StateAsync(id, cancellationToken) is null)
            return ScrapeProblems.NoSuchRun(id);
        // the run first: a step that goes on all the same finds itself overtaken
        foreach (var job in (await ledger.CancelAsync(id, cancellationToken)).Prepend(new JobId(id)))
            await jobs.CancelAsync(job, "The scrape was cancelled", cancellationToken);
        return null;
    }

    public async Task<ApiProblem?> ClearAsync(string id, CancellationToken cancellationToken)
    {
        if (await reading.StateAsync(id, cancellationToken) is null)
            return ScrapeProblems.NoSuchRun(id);
        return await ledger.ClearAsync(id, cancellationToken) ? null : Problems.Conflict("under-way", "The scrape is under way: cancel it first.");
    }

    // the job may not have begun: the run can be looked at all the same, and the job finds it there. When its owner is away just now, the job makes it.
    private async Task CreateAsync(string id, ScrapeRunArgs args, CancellationToken cancellationToken)
    {
        try
        {
            await ledger.CreateAsync(id, args, cancellationToken);
        }
        catch (EntityException exception) when (exception.Failure.Reason == EntityFailureReason.Unavailable)
        {
        }
    }
}
