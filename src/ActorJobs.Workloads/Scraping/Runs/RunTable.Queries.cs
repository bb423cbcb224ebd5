using System.Globalization;
using ActorJobs.Workloads.Scraping.Storage;
using Microsoft.Data.Sqlite;

namespace ActorJobs.Workloads.Scraping.Runs;

internal static partial class RunTable
{
    public static ScrapeRun? Find(SqliteConnection connection, string id)
    {
        var run = connection.Query($"{Summary} WHERE id = @id GROUP BY seq", ToRun, ("@id", id)).FirstOrDefault();
        return run is null ? null : WithCompanies(run, CompaniesOf(connection, run));
    }

    /// <summary>Newest first, without their companies; <paramref name="before"/> is the last <c>seq</c> of the page before.</summary>
    public static List<(long Seq, ScrapeRun Run)> List(SqliteConnection connection, string? user, long? before, int limit) =>
        connection.Query(
            $"{Summary} WHERE (@user IS NULL OR user = @user) AND (@before IS NULL OR seq < @before) GROUP BY seq ORDER BY seq DESC LIMIT @limit",
            row => (row.GetInt64(11), ToRun(row)), ("@user", user), ("@before", before), ("@limit", limit));

    public static Dictionary<string, long> CountByState(SqliteConnection connection, string user) =>
        connection.Query(
            "SELECT state, count(*) FROM runs WHERE user = @user GROUP BY state", row => (State: row.GetString(0), Count: row.GetInt64(1)), ("@user", user))
            .ToDictionary(row => row.State, row => row.Count);

    public static long CountOpen(SqliteConnection connection, string user) =>
        connection.Scalar<long>("SELECT count(*) FROM runs WHERE user = @user AND finished_at IS NULL", ("@user", user));

    private const string Summary =
        """
        SELECT id, user, enrich, runs.state, created_at, finished_at, count(company), total(run_companies.state = 'Completed'),
          total(run_companies.state = 'Failed'), total(found), total(added), seq
        FROM runs LEFT JOIN run_companies ON run_id = id
        """;

    private static List<CompanyRun> CompaniesOf(SqliteConnection connection, ScrapeRun run) =>
        connection.Query(
            """
            SELECT company, state, step, progress, message, pages, found, added, errors, job_id, updated_at
            FROM run_companies WHERE run_id = @run ORDER BY position
            """,
            row => ToCompany(row, run.Enrich), ("@run", run.Id));

    private static ScrapeRun ToRun(SqliteDataReader row)
    {
        var (found, completed, failed) = (row.GetInt32(6), (int)row.GetDouble(7), (int)row.GetDouble(8));
        var state = Enum.Parse<RunState>(row.GetString(3));
        return new ScrapeRun
        {
            Id = row.GetString(0),
            User = row.Text(1),
            Enrich = row.GetBoolean(2),
            State = state,
            CreatedAt = row.Instant(4),
            FinishedAt = row.OptionalInstant(5),
            CompaniesFound = found,
            CompaniesCompleted = completed,
            CompaniesFailed = failed,
            PostingsFound = (int)row.GetDouble(9),
            PostingsAdded = (int)row.GetDouble(10),
            // a list tells the share of companies that ended; the details below are finer
            ChainProgress = found == 0 ? 0 : Math.Round((completed + failed) / (double)found, 3),
            StatusMessage = Status(state, found, completed, failed),
        };
    }

    private static ScrapeRun WithCompanies(ScrapeRun run, List<CompanyRun> companies)
    {
        var current = companies.Where(company => company.State == RunState.Running).MaxBy(company => company.UpdatedAt);
        return run with
        {
            Companies = companies,
            ChainProgress = companies.Count == 0 ? 0 : Math.Round(companies.Average(company => company.ChainProgress), 3),
            StatusMessage = current is null ? run.StatusMessage : $"{current.Company}: {current.StatusMessage}",
        };
    }

    private static CompanyRun ToCompany(SqliteDataReader row, bool enriches)
    {
        var state = Enum.Parse<RunState>(row.GetString(1));
        ScrapeStep? step = row.GetInt32(2) == 0 ? null : (ScrapeStep)row.GetInt32(2);
        var progress = row.GetDouble(3);
        return new CompanyRun
        {
            Company = row.GetString(0),
            State = state,
            Step = step,
            Progress = progress,
            ChainProgress = state == RunState.Completed ? 1 : ChainProgress.At(step, progress, enriches),
            StatusMessage = row.Text(4),
            Pages = row.GetInt32(5),
            PostingsFound = row.GetInt32(6),
            PostingsAdded = row.GetInt32(7),
            Errors = Errors(row.GetString(8)),
            JobId = row.Text(9),
            UpdatedAt = row.Instant(10),
        };
    }

    private static string Status(RunState state, int companies, int completed, int failed) => state switch
    {
        RunState.Queued => "Queued",
        RunState.Cancelled => "Cancelled",
        RunState.Failed => "No company could be scraped",
        RunState.Completed when failed == 0 => string.Create(CultureInfo.InvariantCulture, $"Completed {completed} companies"),
        RunState.Completed => string.Create(CultureInfo.InvariantCulture, $"Completed {completed} of {companies} companies, {failed} failed"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{completed + failed} of {companies} companies done"),
    };
}
