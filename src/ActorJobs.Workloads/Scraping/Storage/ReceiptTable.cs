using System.Data.Common;

namespace ActorJobs.Workloads.Scraping.Storage;

/// <summary>What storing a company's postings came to, written with them.</summary>
/// <param name="Found">How many postings the run found.</param>
/// <param name="Added">How many of them are new.</param>
/// <param name="Closed">How many earlier ones are gone.</param>
internal sealed record StoreReceipt(int Found, int Added, int Closed);

/// <summary>
/// Tells a repeated attempt that the postings are stored already, when the first one died before the scrape knew: it then says the same, and stores nothing twice.
/// </summary>
internal static class ReceiptTable
{
    public static StoreReceipt? Find(DbConnection connection, string runId, string company) =>
        connection.Query(
            "SELECT found, added, closed FROM stored_companies WHERE run_id = @run AND company = @company",
            row => new StoreReceipt(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2)), ("@run", runId), ("@company", company)).FirstOrDefault();

    public static void Save(DbConnection connection, string runId, string company, StoreReceipt receipt) =>
        connection.Execute(
            "INSERT INTO stored_companies (run_id, company, found, added, closed) VALUES (@run, @company, @found, @added, @closed)",
            ("@run", runId), ("@company", company), ("@found", receipt.Found), ("@added", receipt.Added), ("@closed", receipt.Closed));

    public static void Delete(DbConnection connection, string runId, string company) =>
        connection.Execute("DELETE FROM stored_companies WHERE run_id = @run AND company = @company", ("@run", runId), ("@company", company));
}
