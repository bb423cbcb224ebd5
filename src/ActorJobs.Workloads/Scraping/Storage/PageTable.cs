using System.Data.Common;
using System.IO.Compression;
using System.Text;
using ActorJobs.Workloads.Scraping.Crawling;

namespace ActorJobs.Workloads.Scraping.Storage;

/// <summary>Fetched pages by URL, kept for the next step and for conditional requests; and which of them a company of a run consists of.</summary>
internal static class PageTable
{
    private const int PrunedAtOnce = 500;

    public static PageValidators? Validators(DbConnection connection, Uri url) =>
        connection.Query(
            "SELECT etag, last_modified FROM pages WHERE url = @url AND (etag IS NOT NULL OR last_modified IS NOT NULL)",
            row => new PageValidators(row.Text(0), row.OptionalInstant(1)), ("@url", url.AbsoluteUri)).FirstOrDefault();

    public static FetchedPage? Find(DbConnection connection, Uri url) =>
        connection.Query("SELECT url, final_url, etag, last_modified, body FROM pages WHERE url = @url", ToPage, ("@url", url.AbsoluteUri)).FirstOrDefault();

    public static void Save(DbConnection connection, Uri url, FetchedPage page, DateTimeOffset now) =>
        connection.Execute(
            """
            INSERT INTO pages (url, final_url, etag, last_modified, body, fetched_at) VALUES (@url, @final, @etag, @modified, @body, @now)
            ON CONFLICT (url) DO UPDATE SET final_url = @final, etag = @etag, last_modified = @modified, body = @body, fetched_at = @now
            """,
            ("@url", url.AbsoluteUri), ("@final", page.Url.AbsoluteUri), ("@etag", page.Validators.ETag), ("@modified", page.Validators.LastModified),
            ("@body", Compress(page.Text)), ("@now", now));

    /// <summary>Whether the stored copy was fetched after the page's last change; not when that is unknown.</summary>
    public static bool IsNewerThan(DbConnection connection, Uri url, DateTimeOffset? modified) =>
        modified is not null && connection.Scalar<long>(
            "SELECT count(*) FROM pages WHERE url = @url AND fetched_at > @modified", ("@url", url.AbsoluteUri), ("@modified", modified)) > 0;

    /// <summary>Whether the run has the page.</summary>
    public static bool IsAttached(DbConnection connection, RunPage page) =>
        connection.Scalar<long>(
            "SELECT count(*) FROM run_pages WHERE run_id = @run AND company = @company AND url = @url",
            ("@run", page.RunId), ("@company", page.Company), ("@url", page.Url.AbsoluteUri)) > 0;

    /// <summary>Makes a stored page part of a company's run. Repeating it changes nothing.</summary>
    public static void Attach(DbConnection connection, RunPage page) =>
        connection.Execute(
            """
            INSERT INTO run_pages (run_id, company, position, url, kind) VALUES (@run, @company, @position, @url, @kind)
            ON CONFLICT (run_id, company, url) DO UPDATE SET position = @position
            """,
            ("@run", page.RunId), ("@company", page.Company), ("@position", page.Position), ("@url", page.Url.AbsoluteUri), ("@kind", page.Kind.ToString()));

    /// <summary>The pages to read for postings, in their order.</summary>
    public static List<Uri> UrlsOf(DbConnection connection, string runId, string company) =>
        connection.Query(
            "SELECT url FROM run_pages WHERE run_id = @run AND company = @company AND kind <> @sitemap ORDER BY position, url",
            row => new Uri(row.GetString(0)), ("@run", runId), ("@company", company), ("@sitemap", nameof(PageKind.Sitemap)));

    public static void Detach(DbConnection connection, string runId, string company) =>
        connection.Execute("DELETE FROM run_pages WHERE run_id = @run AND company = @company", ("@run", runId), ("@company", company));

    /// <summary>Deletes the oldest pages above <paramref name="keep"/> that no run is working on, a bounded number at a time.</summary>
    public static int Prune(DbConnection connection, int keep)
    {
        var excess = Math.Min(connection.Scalar<long>("SELECT count(*) FROM pages") - keep, PrunedAtOnce);
        return excess <= 0 ? 0 : connection.Execute(
            """
            DELETE FROM pages WHERE url IN (
              SELECT url FROM pages WHERE NOT EXISTS (SELECT 1 FROM run_pages WHERE run_pages.url = pages.url) ORDER BY fetched_at LIMIT @excess)
            """,
            ("@excess", excess));
    }

    private static FetchedPage ToPage(DbDataReader row) =>
        new(new Uri(row.GetString(1)), Decompress((byte[])row.GetValue(4)), new PageValidators(row.Text(2), row.OptionalInstant(3)));

    private static byte[] Compress(string text)
    {
        using var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, CompressionLevel.Fastest))
            brotli.Write(Encoding.UTF8.GetBytes(text));
        return target.ToArray();
    }

    private static string Decompress(byte[] body)
    {
        using var brotli = new BrotliStream(new MemoryStream(body), CompressionMode.Decompress);
        using var reader = new StreamReader(brotli, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
