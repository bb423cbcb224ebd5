using System.Data.Common;
using System.Text.Json;

namespace ActorJobs.Workloads.Scraping.Storage;

/// <summary>Postings on their way from parsing over enrichment to the store.</summary>
internal static class DraftTable
{
    public static void Replace(DbConnection connection, string runId, string company, IReadOnlyList<Posting> postings)
    {
        Delete(connection, runId, company);
        for (var position = 0; position < postings.Count; position++)
            Save(connection, runId, company, position, postings[position]);
    }

    public static void Save(DbConnection connection, string runId, string company, int position, Posting posting) =>
        connection.Execute(
            "INSERT INTO drafts (run_id, company, position, document) VALUES (@run, @company, @position, @document) ON CONFLICT (run_id, company, position) DO UPDATE SET document = @document",
            ("@run", runId), ("@company", company), ("@position", position), ("@document", JsonSerializer.Serialize(posting, JobJson.Options)));

    public static List<(int Position, Posting Posting)> Of(DbConnection connection, string runId, string company) =>
        connection.Query(
            "SELECT position, document FROM drafts WHERE run_id = @run AND company = @company ORDER BY position",
            row => (row.GetInt32(0), JsonSerializer.Deserialize<Posting>(row.GetString(1), JobJson.Options)!), ("@run", runId), ("@company", company));

    public static void Delete(DbConnection connection, string runId, string company) =>
        connection.Execute("DELETE FROM drafts WHERE run_id = @run AND company = @company", ("@run", runId), ("@company", company));
}
