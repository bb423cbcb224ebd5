using ActorJobs.Actors.Entities;
using ActorJobs.Workloads.Scraping.Storage;

namespace ActorJobs.Workloads.Scraping.Runs;

/// <summary>
/// The way to scrapes, which are persistent actors: every change is durable when its task ends. Throws <see cref="EntityException"/> when the scrape's
/// owner cannot be reached.
/// </summary>
internal sealed class RunLedger(IEntityClient entities, ScrapeReading reading, ScrapingDatabase database, ScrapingOptions options, TimeProvider time)
{
    private const int ForgottenAtOnce = 50;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    /// <summary>Begins the scrape, unless it has begun, and makes room for it.</summary>
    public async Task CreateAsync(string id, ScrapeRunArgs args, CancellationToken cancellationToken)
    {
        string[] companies = [.. CompanyUrls.Canonical(args.Companies).Select(company => company.AbsoluteUri)];
        await AskAsync(id, new BeginScrape(args.User, args.Enrich, companies), cancellationToken);
        foreach (var surplus in await reading.SurplusAsync(options.MaxStoredRuns, ForgottenAtOnce, cancellationToken))
            await ClearAsync(surplus, cancellationToken);
        database.Write(connection =>
        {
            RunTable.Prune(connection, time.GetUtcNow());
            PageTable.Prune(connection, options.MaxStoredPages);
        });
    }

    /// <summary>Notes the jobs that hold the companies, in their order.</summary>
    public Task NoteJobsAsync(string id, IEnumerable<JobId> jobs, CancellationToken cancellationToken) =>
        AskAsync(id, new NoteJobs([.. jobs.Select(job => job.Value)]), cancellationToken);

    /// <summary>Whether the change was taken; it is not after a cancel, nor from a step or attempt that was overtaken.</summary>
    public async Task<bool> AdvanceAsync(string id, AdvanceCompany said, CancellationToken cancellationToken) =>
        (await AskAsync(id, said, cancellationToken)).IsTaken;

    /// <summary>Stops the scrape and returns the jobs that hold its open companies.</summary>
    public async Task<IReadOnlyList<JobId>> CancelAsync(string id, CancellationToken cancellationToken) =>
        [.. (await AskAsync(id, new CancelScrape(), cancellationToken)).Jobs.Select(job => new JobId(job))];

    /// <summary>Forgets a scrape that has ended, and what its steps left behind; false while it is under way.</summary>
    public async Task<bool> ClearAsync(string id, CancellationToken cancellationToken)
    {
        if (!(await AskAsync(id, new ClearScrape(), cancellationToken)).IsTaken)
            return false;
        database.Write(connection => RunTable.Delete(connection, id));
        return true;
    }

    private async Task<ScrapeAnswer> AskAsync(string id, ScrapeCommand command, CancellationToken cancellationToken)
    {
        var key = ScrapeEntity.Key(id);
        try
        {
            return await entities.AskAsync<ScrapeAnswer>(key, command, cancellationToken: cancellationToken).AsTask().WaitAsync(Deadline, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new EntityException(key, new EntityFailure(EntityFailureReason.Unavailable, "no answer in time"));
        }
    }
}
