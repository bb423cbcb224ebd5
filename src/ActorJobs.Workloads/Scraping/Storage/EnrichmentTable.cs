using System.Data.Common;
using System.Text.Json;

namespace ActorJobs.Workloads.Scraping.Storage;

/// <summary>Models' answers by what they were asked.</summary>
internal static class EnrichmentTable
{
    private const int PrunedAtOnce = 100;

    /// <summary>The answer kept, which is noted as used.</summary>
    public static PostingEnrichment? Use(DbConnection connection, string key, DateTimeOffset now) =>
        connection.Query(
            "UPDATE enrichments SET used_at = @now WHERE key = @key RETURNING document",
            row => JsonSerializer.Deserialize<PostingEnrichment>(row.GetString(0), JobJson.Options)!, ("@key", key), ("@now", now)).FirstOrDefault();

    /// <summary>Keeps an answer, and makes room for it.</summary>
    public static void Save(DbConnection connection, string key, PostingEnrichment enrichment, int keep, DateTimeOffset now)
    {
        connection.Execute(
            "INSERT INTO enrichments (key, document, used_at) VALUES (@key, @document, @now) ON CONFLICT (key) DO UPDATE SET document = @document, used_at = @now",
            ("@key", key), ("@document", JsonSerializer.Serialize(enrichment, JobJson.Options)), ("@now", now));
        var excess = Math.Min(connection.Scalar<long>("SELECT count(*) FROM enrichments") - keep, PrunedAtOnce);
        if (excess > 0)
            connection.Execute("DELETE FROM enrichments WHERE key IN (SELECT key FROM enrichments ORDER BY used_at LIMIT @excess)", ("@excess", excess));
    }
}
