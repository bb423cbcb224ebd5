using System.Text.Json;
using ActorJobs.Workloads.Scraping.Storage;
using Microsoft.Data.Sqlite;

namespace ActorJobs.Workloads.Scraping.Runs;

/// <summary>
/// Runs and how far their companies are. Every change names the step and attempt it comes from; what comes from an earlier step or a lost attempt, or
/// after a cancel, changes nothing, so steps may repeat and overtake each other.
/// </summary>
internal static partial class RunTable
{
    private const int PrunedAtOnce = 50;
    private const int MaxErrors = 50;

    /// <summary>Creates the run, unless it is there.</summary>
    public static void Create(SqliteConnection connection, string id, string? user, bool enrich, IReadOnlyList<Uri> companies, DateTimeOffset now)
    {
        var isNew = connection.Execute(
            "INSERT OR IGNORE INTO runs (id, user, enrich, state, created_at) VALUES (@id, @user, @enrich, 'Queued', @now)",
            ("@id", id), ("@user", user), ("@enrich", enrich), ("@now", now)) == 1;
        for (var position = 0; isNew && position < companies.Count; position++)
        {
            connection.Execute(
                "INSERT INTO run_companies (run_id, company, position, state, updated_at) VALUES (@id, @company, @position, 'Queued', @now)",
                ("@id", id), ("@company", companies[position].AbsoluteUri), ("@position", position), ("@now", now));
        }
    }

    /// <summary>Whether the change was taken.</summary>
    public static bool Advance(SqliteConnection connection, CompanyUpdate update, DateTimeOffset now)
    {
        var taken = connection.Execute(
            """
            UPDATE run_companies SET step = @step, attempt = @attempt, state = @state, progress = @progress, message = @message, updated_at = @now,
              job_id = coalesce(@job, job_id), pages = coalesce(@pages, pages), found = coalesce(@found, found), added = coalesce(@added, added),
              is_whole = coalesce(@whole, is_whole)
            WHERE run_id = @run AND company = @company AND state NOT IN ('Completed', 'Cancelled')
              AND (step < @step OR (step = @step AND attempt <= @attempt))
            """,
            ("@run", update.RunId), ("@company", update.Company), ("@step", (int)update.Step), ("@attempt", update.Attempt), ("@state", update.State.ToString()),
            ("@progress", update.Progress), ("@message", update.Message), ("@job", update.JobId?.Value), ("@pages", update.Pages), ("@found", update.Found),
            ("@added", update.Added), ("@whole", update.IsWhole), ("@now", now)) == 1;
        if (taken)
            Conclude(connection, update.RunId, now);
        return taken;
    }

    /// <summary>Notes errors beside the company; only the first ones are kept.</summary>
    public static void AddErrors(SqliteConnection connection, string runId, string company, IEnumerable<RunError> errors, DateTimeOffset now)
    {
        var known = Errors(connection.Scalar<string>(
            "SELECT errors FROM run_companies WHERE run_id = @run AND company = @company", ("@run", runId), ("@company", company)));
        var all = known.Concat(errors).Distinct().Take(MaxErrors);
        connection.Execute(
            "UPDATE run_companies SET errors = @errors, updated_at = @now WHERE run_id = @run AND company = @company",
            ("@errors", JsonSerializer.Serialize(all, JobJson.Options)), ("@run", runId), ("@company", company), ("@now", now));
    }

    /// <summary>Stops all companies that have not ended and returns the jobs that hold them.</summary>
    public static IReadOnlyList<JobId> Cancel(SqliteConnection connection, string runId, DateTimeOffset now)
    {
        const string Open = "run_id = @run AND state IN ('Queued', 'Running')";
        var jobs = connection.Query($"SELECT job_id FROM run_companies WHERE {Open} AND job_id IS NOT NULL", row => new JobId(row.GetString(0)), ("@run", runId));
        connection.Execute($"UPDATE run_companies SET state = 'Cancelled', message = 'Cancelled', updated_at = @now WHERE {Open}", ("@run", runId), ("@now", now));
        connection.Execute(
            "UPDATE runs SET state = 'Cancelled', finished_at = @now WHERE id = @run AND state IN ('Queued', 'Running')", ("@run", runId), ("@now", now));
        return jobs;
    }

    public static void Delete(SqliteConnection connection, string runId) => connection.Execute("DELETE FROM runs WHERE id = @run", ("@run", runId));

    /// <summary>Deletes the oldest ended runs above <paramref name="keep"/>, a bounded number at a time.</summary>
    public static int Prune(SqliteConnection connection, int keep) =>
        connection.Execute(
            """
            DELETE FROM runs WHERE seq IN (SELECT seq FROM runs WHERE finished_at IS NOT NULL ORDER BY seq
              LIMIT max(0, min(@most, (SELECT count(*) FROM runs WHERE finished_at IS NOT NULL) - @keep)))
            """,
            ("@most", PrunedAtOnce), ("@keep", keep));

    // the run follows from its companies; a retried dead letter opens it again
    private static void Conclude(SqliteConnection connection, string runId, DateTimeOffset now) =>
        connection.Execute(
            """
            UPDATE runs SET
              state = CASE
                WHEN (SELECT count(*) FROM run_companies WHERE run_id = @run AND state IN ('Queued', 'Running')) > 0 THEN 'Running'
                WHEN (SELECT count(*) FROM run_companies WHERE run_id = @run AND state <> 'Failed') > 0 THEN 'Completed'
                ELSE 'Failed' END,
              finished_at = CASE
                WHEN (SELECT count(*) FROM run_companies WHERE run_id = @run AND state IN ('Queued', 'Running')) > 0 THEN NULL ELSE @now END
            WHERE id = @run AND state <> 'Cancelled'
            """,
            ("@run", runId), ("@now", now));

    private static IReadOnlyList<RunError> Errors(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<RunError>>(json, JobJson.Options)!;
}

/// <summary>What a step says about its company. Null leaves a count as it is.</summary>
internal sealed record CompanyUpdate(
    string RunId, string Company, ScrapeStep Step, int Attempt, RunState State, double Progress, string Message, JobId? JobId = null,
    int? Pages = null, int? Found = null, int? Added = null, bool? IsWhole = null);
