using System.Data.Common;
using System.Text.Json;
using ActorJobs.Workloads.Scraping.Postings;

namespace ActorJobs.Workloads.Scraping.Storage;

/// <summary>The postings there are, each once. The full-text index is the backend's.</summary>
internal static class PostingTable
{
    // of one text at so many sites, the first are looked at
    private const int MaxSameWords = 16;

    /// <summary>
    /// Stores what a run found. A posting known by its address is brought up to date; one known by its words under another address of its site gains that address. What another
    /// site says in the same words is a posting of its own: it cannot change the first, and whoever searches sees both, each with where it was read.
    /// </summary>
    /// <returns>Its number, and whether it is new.</returns>
    public static (long Id, bool IsNew) Save(DbConnection connection, Posting posting, string company, DateTimeOffset now)
    {
        var url = posting.CanonicalUrl.AbsoluteUri;
        var fingerprint = PostingFingerprint.Of(posting);
        var known = Known(connection, posting, url, fingerprint);
        var id = known is null ? Insert(connection, posting, fingerprint, now) : Update(connection, known.Id, posting, fingerprint, now);
        connection.Execute(
            // an address that a stranger's posting holds comes home with the first page of its own site
            "INSERT INTO posting_urls (url, posting_id) VALUES (@url, @id) ON CONFLICT (url) DO " + (PostingOwner.HoldsItsAddress(posting) ? "UPDATE SET posting_id = @id" : "NOTHING"),
            ("@url", url), ("@id", id));
        connection.Execute(
            "INSERT INTO posting_sources (company, posting_id, seen_at) VALUES (@company, @id, @now) ON CONFLICT (company, posting_id) DO UPDATE SET seen_at = @now",
            ("@company", company), ("@id", id), ("@now", now));
        return (id, known is null);
    }

    /// <summary>
    /// Closes what the company's crawls found before and this one did not: everything when this crawl saw all there is (<paramref name="isWhole"/>), else what the site itself calls gone.
    /// A page that robots.txt forbids now says nothing about its posting.
    /// </summary>
    public static int CloseGone(DbConnection connection, string runId, string company, bool isWhole, DateTimeOffset now) =>
        connection.Execute(
            """
            UPDATE postings SET closed_at = @now
            WHERE closed_at IS NULL AND last_seen < @now
              AND id IN (SELECT posting_id FROM posting_sources WHERE company = @company AND seen_at < @now)
              AND (
                EXISTS (
                  SELECT 1 FROM posting_urls JOIN run_failures ON run_failures.url = posting_urls.url
                  WHERE posting_id = postings.id AND run_id = @run AND run_failures.company = @company AND problem IN ('HTTP 404', 'HTTP 410'))
                OR (
                  @whole = 1
                  AND NOT EXISTS (
                    SELECT 1 FROM posting_urls JOIN run_failures ON run_failures.url = posting_urls.url
                    WHERE posting_id = postings.id AND run_id = @run AND run_failures.company = @company)))
            """,
            ("@now", now), ("@run", runId), ("@company", company), ("@whole", isWhole ? 1 : 0));

    public static StoredPosting? Find(DbConnection connection, long id) =>
        connection.Query("SELECT id, first_seen, last_seen, document, 0.0, closed_at FROM postings WHERE id = @id", ToPosting, ("@id", id)).FirstOrDefault();

    private static StoredPosting? Known(DbConnection connection, Posting posting, string url, string fingerprint) =>
        connection.Query(
            "SELECT id, first_seen, last_seen, document, 0.0, closed_at FROM postings WHERE id = (SELECT posting_id FROM posting_urls WHERE url = @url)", ToPosting, ("@url", url))
            .FirstOrDefault(known => PostingOwner.MayReplaceByAddress(known.Posting, posting))
        ?? connection.Query(
            "SELECT id, first_seen, last_seen, document, 0.0, closed_at FROM postings WHERE fingerprint = @fingerprint ORDER BY id LIMIT @most", ToPosting,
            ("@fingerprint", fingerprint), ("@most", MaxSameWords))
            .FirstOrDefault(known => PostingOwner.MayReplaceByWords(known.Posting, posting));

    private static long Insert(DbConnection connection, Posting posting, string fingerprint, DateTimeOffset now) =>
        connection.Scalar<long>(
            """
            INSERT INTO postings (fingerprint, title, company, locations, skills, body, remote, language, document, first_seen, last_seen)
            VALUES (@fingerprint, @title, @company, @locations, @skills, @body, @remote, @language, @document, @now, @now) RETURNING id
            """,
            Columns(posting, fingerprint, now));

    private static long Update(DbConnection connection, long id, Posting posting, string fingerprint, DateTimeOffset now)
    {
        connection.Execute(
            """
            UPDATE postings SET fingerprint = @fingerprint, title = @title, company = @company, locations = @locations, skills = @skills, body = @body,
              remote = @remote, language = @language, document = @document, last_seen = @now, closed_at = NULL WHERE id = @id
            """,
            [.. Columns(posting, fingerprint, now), ("@id", id)]);
        return id;
    }

    private static (string, object?)[] Columns(Posting posting, string fingerprint, DateTimeOffset now) =>
    [
        ("@fingerprint", fingerprint), ("@title", posting.Title), ("@company", posting.Company ?? ""), ("@locations", string.Join("; ", posting.Locations)),
        ("@skills", string.Join("; ", posting.Enrichment?.Skills ?? [])), ("@body", posting.DescriptionText ?? ""),
        ("@remote", posting.Remote is { } remote ? (remote ? 1 : 0) : null), ("@language", posting.Language),
        ("@document", JsonSerializer.Serialize(posting, JobJson.Options)), ("@now", now),
    ];

    /// <summary>From number, first and last seen, document, rank and the time it was gone.</summary>
    public static StoredPosting ToPosting(DbDataReader row) =>
        new(row.GetInt64(0), row.Instant(1), row.Instant(2), JsonSerializer.Deserialize<Posting>(row.GetString(3), JobJson.Options)!, row.OptionalInstant(5));
}
