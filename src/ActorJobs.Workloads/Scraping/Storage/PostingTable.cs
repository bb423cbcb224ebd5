using System.Globalization;
using System.Text.Json;
using ActorJobs.Workloads.Scraping.Postings;
using Microsoft.Data.Sqlite;

namespace ActorJobs.Workloads.Scraping.Storage;

/// <summary>The postings there are, each once, with a full-text index.</summary>
internal static class PostingTable
{
    /// <summary>
    /// Stores what a run found. A posting known by its address is brought up to date; one known by its words under another address gains that address.
    /// </summary>
    /// <returns>Whether the posting is new.</returns>
    public static bool Save(SqliteConnection connection, Posting posting, string company, DateTimeOffset now)
    {
        var url = posting.CanonicalUrl.AbsoluteUri;
        var fingerprint = PostingFingerprint.Of(posting);
        var known = connection.Scalar<long>("SELECT posting_id FROM posting_urls WHERE url = @url", ("@url", url));
        if (known == 0)
            known = connection.Scalar<long>("SELECT id FROM postings WHERE fingerprint = @fingerprint ORDER BY id LIMIT 1", ("@fingerprint", fingerprint));
        var id = known == 0 ? Insert(connection, posting, fingerprint, now) : Update(connection, known, posting, fingerprint, now);
        connection.Execute("INSERT OR IGNORE INTO posting_urls (url, posting_id) VALUES (@url, @id)", ("@url", url), ("@id", id));
        connection.Execute(
            "INSERT INTO posting_sources (company, posting_id, seen_at) VALUES (@company, @id, @now) ON CONFLICT DO UPDATE SET seen_at = @now",
            ("@company", company), ("@id", id), ("@now", now));
        return known == 0;
    }

    /// <summary>
    /// Closes what the company's crawls found before and this one did not: everything when this crawl saw all there is (<paramref name="isWhole"/>), else what the site itself calls gone.
    /// A page that robots.txt forbids now says nothing about its posting.
    /// </summary>
    public static int CloseGone(SqliteConnection connection, string runId, string company, bool isWhole, DateTimeOffset now) =>
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

    public static StoredPosting? Find(SqliteConnection connection, long id) =>
        connection.Query("SELECT id, first_seen, last_seen, document, 0.0, closed_at FROM postings WHERE id = @id", ToPosting, ("@id", id)).FirstOrDefault();

    /// <summary>By relevance when words are given, else newest first; one more row than asked for tells whether there is a next page.</summary>
    public static PostingPage Search(SqliteConnection connection, PostingQuery query)
    {
        var match = FullTextQuery.From(query.Text);
        var rows = connection.Query(
            match is null ? ListSql : SearchSql,
            row => (Rank: row.GetDouble(4), Stored: ToPosting(row)),
            ("@match", match), ("@company", query.Company), ("@remote", query.Remote is { } remote ? (remote ? 1 : 0) : null),
            ("@language", query.Language), ("@rank", query.After?.Rank ?? double.MinValue), ("@after", query.After?.Id), ("@limit", query.Limit + 1),
            ("@open", query.Open is { } open ? (open ? 1 : 0) : null), ("@location", query.Location), ("@type", query.Type?.ToString()),
            ("@seniority", query.Seniority?.ToString()), ("@skill", query.Skill), ("@since", query.PostedSince?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        var items = rows.Take(query.Limit).ToList();
        var next = rows.Count > query.Limit ? new PostingCursor(items[^1].Rank, items[^1].Stored.Id) : null;
        return new PostingPage([.. items.Select(row => row.Stored)], next);
    }

    private const string Filters =
        """
        (@company IS NULL OR company = @company COLLATE NOCASE)
        AND (@remote IS NULL OR remote = @remote)
        AND (@language IS NULL OR language = @language)
        AND (@open IS NULL OR (closed_at IS NULL) = @open)
        AND (@location IS NULL OR instr(lower(locations), lower(@location)) > 0)
        AND (@type IS NULL OR EXISTS (SELECT 1 FROM json_each(document, '$.employmentTypes') WHERE value = @type))
        AND (@seniority IS NULL OR json_extract(document, '$.enrichment.seniority') = @seniority)
        AND (@skill IS NULL OR EXISTS (SELECT 1 FROM json_each(document, '$.enrichment.skills') WHERE value = @skill COLLATE NOCASE))
        AND (@since IS NULL OR json_extract(document, '$.postedOn') >= @since)
        """;

    private const string ListSql =
        $"""
        SELECT id, first_seen, last_seen, document, 0.0, closed_at FROM postings
        WHERE {Filters} AND (@after IS NULL OR id < @after) AND @match IS NULL AND @rank IS NOT NULL
        ORDER BY id DESC LIMIT @limit
        """;

    // a match in the title counts most, then the skills
    private const string SearchSql =
        $"""
        SELECT id, first_seen, last_seen, document, score, closed_at FROM (
          SELECT postings.*, bm25(postings_fts, 10.0, 4.0, 2.0, 6.0, 1.0) AS score
          FROM postings_fts JOIN postings ON postings.id = postings_fts.rowid WHERE postings_fts MATCH @match)
        WHERE {Filters} AND (@after IS NULL OR score > @rank OR (score = @rank AND id < @after))
        ORDER BY score, id DESC LIMIT @limit
        """;

    private static long Insert(SqliteConnection connection, Posting posting, string fingerprint, DateTimeOffset now) =>
        connection.Scalar<long>(
            """
            INSERT INTO postings (fingerprint, title, company, locations, skills, body, remote, language, document, first_seen, last_seen)
            VALUES (@fingerprint, @title, @company, @locations, @skills, @body, @remote, @language, @document, @now, @now) RETURNING id
            """,
            Columns(posting, fingerprint, now));

    private static long Update(SqliteConnection connection, long id, Posting posting, string fingerprint, DateTimeOffset now)
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

    private static StoredPosting ToPosting(SqliteDataReader row) =>
        new(row.GetInt64(0), row.Instant(1), row.Instant(2), JsonSerializer.Deserialize<Posting>(row.GetString(3), JobJson.Options)!, row.OptionalInstant(5));
}
