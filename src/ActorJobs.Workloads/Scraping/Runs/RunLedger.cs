using ActorJobs.Workloads.Scraping.Storage;

namespace ActorJobs.Workloads.Scraping.Runs;

/// <summary>The runs: every change is durable when the call returns, and wakes the run's watchers.</summary>
internal sealed class RunLedger(ScrapingDatabase database, RunSignals signals, ScrapingOptions options, TimeProvider time)
{
    public ScrapeRun? Find(string id) => database.Read(connection => RunTable.Find(connection, id));

    public IReadOnlyList<(long Seq, ScrapeRun Run)> List(string? user, long? before, int limit) =>
        database.Read(connection => RunTable.List(connection, user, before, limit));

    /// <summary>How many of a user's runs are in each state.</summary>
    public IReadOnlyDictionary<string, long> CountByState(string user) => database.Read(connection => RunTable.CountByState(connection, user));

    /// <summary>How many of a user's runs have not ended.</summary>
    public long CountOpen(string user) => database.Read(connection => RunTable.CountOpen(connection, user));

    /// <summary>Creates the run, unless it is there, and makes room for it.</summary>
    public void Create(string id, ScrapeRunArgs args)
    {
        database.Write(connection =>
        {
            RunTable.Create(connection, id, args.User, args.Enrich, CompanyUrls.Canonical(args.Companies), time.GetUtcNow());
            RunTable.Prune(connection, options.MaxStoredRuns);
            PageTable.Prune(connection, options.MaxStoredPages);
        });
        signals.Raise(id);
    }

    /// <summary>Whether the change was taken; it is not after a cancel, nor from a step or attempt that was overtaken.</summary>
    public bool Advance(CompanyUpdate update, IReadOnlyList<RunError>? errors = null)
    {
        var now = time.GetUtcNow();
        var taken = database.Write(connection =>
        {
            var advanced = RunTable.Advance(connection, update, now);
            if (advanced && errors is { Count: > 0 })
                RunTable.AddErrors(connection, update.RunId, update.Company, errors, now);
            return advanced;
        });
        signals.Raise(update.RunId);
        return taken;
    }

    public IReadOnlyList<JobId> Cancel(string id)
    {
        var jobs = database.Write(connection => RunTable.Cancel(connection, id, time.GetUtcNow()));
        signals.Raise(id);
        return jobs;
    }

    public void Delete(string id)
    {
        database.Write(connection => RunTable.Delete(connection, id));
        signals.Raise(id);
    }
}
