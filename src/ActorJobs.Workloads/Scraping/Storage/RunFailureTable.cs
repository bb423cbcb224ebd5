using System.Data.Common;
using ActorJobs.Workloads.Scraping.Crawling;

namespace ActorJobs.Workloads.Scraping.Storage;

/// <summary>The pages a company's run asked for in vain, until the company is stored.</summary>
internal static class RunFailureTable
{
    public static void Save(DbConnection connection, RunPage page, FetchResult.Permanent failure) =>
        connection.Execute(
            """
            INSERT INTO run_failures (run_id, company, url, code, problem) VALUES (@run, @company, @url, @code, @problem)
            ON CONFLICT (run_id, company, url) DO UPDATE SET code = @code, problem = @problem
            """,
            ("@run", page.RunId), ("@company", page.Company), ("@url", page.Url.AbsoluteUri), ("@code", failure.Code), ("@problem", failure.Detail));

    public static FetchResult.Permanent? Find(DbConnection connection, RunPage page) =>
        connection.Query(
            "SELECT code, problem FROM run_failures WHERE run_id = @run AND company = @company AND url = @url",
            row => new FetchResult.Permanent(row.GetString(0), row.GetString(1)),
            ("@run", page.RunId), ("@company", page.Company), ("@url", page.Url.AbsoluteUri)).FirstOrDefault();

    public static void Delete(DbConnection connection, string runId, string company) =>
        connection.Execute("DELETE FROM run_failures WHERE run_id = @run AND company = @company", ("@run", runId), ("@company", company));
}
