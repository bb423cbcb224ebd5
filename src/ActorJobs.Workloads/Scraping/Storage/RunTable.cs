using System.Data.Common;

namespace ActorJobs.Workloads.Scraping.Storage;

/// <summary>The runs whose steps have something here: a row that goes takes pages' places, failures, drafts and receipts of its run with it.</summary>
internal static class RunTable
{
    private const int PrunedAtOnce = 50;

    // far longer than the steps of a run can take with all their retries; a run that is cleared goes at once
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(30);

    /// <summary>Has to be there before anything of the run is kept. Repeating it changes nothing.</summary>
    public static void Begin(DbConnection connection, string runId, DateTimeOffset now) =>
        connection.Execute("INSERT INTO runs (id, created_at) VALUES (@id, @now) ON CONFLICT (id) DO NOTHING", ("@id", runId), ("@now", now));

    public static void Delete(DbConnection connection, string runId) => connection.Execute("DELETE FROM runs WHERE id = @run", ("@run", runId));

    /// <summary>Deletes what is left of old runs, cleared on a node that does not see this file; a bounded number at a time.</summary>
    public static int Prune(DbConnection connection, DateTimeOffset now) =>
        connection.Execute(
            "DELETE FROM runs WHERE seq IN (SELECT seq FROM runs WHERE created_at < @before ORDER BY created_at LIMIT @most)",
            ("@before", now - MaxAge), ("@most", PrunedAtOnce));
}
