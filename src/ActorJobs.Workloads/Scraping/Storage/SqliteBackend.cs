using System.Data.Common;
using System.Globalization;
using ActorJobs.Workloads.Scraping.Postings;
using Microsoft.Data.Sqlite;

namespace ActorJobs.Workloads.Scraping.Storage;

/// <summary>One SQLite file: the default. Other processes of the machine may use it, too (WAL).</summary>
internal sealed class SqliteBackend(string file) : IScrapingBackend
{
    private const int Version = 3;
    private readonly string path = Path.GetFullPath(file);

    public void Prepare()
    {
        PrivateFiles.MakeFolder(Path.GetDirectoryName(path)!);
        PrivateFiles.MakeFile(path);
        using var connection = Connect();
        connection.Execute("PRAGMA journal_mode = WAL");
        using var transaction = BeginWrite(connection);
        ScrapingSchema.Migrate(
            connection, "sqlite", connection.Scalar<long>("PRAGMA user_version"), Version, path, version => FormattableString.Invariant($"PRAGMA user_version = {version};"));
        transaction.Commit();
    }

    public DbConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 30 }.ToString());
        connection.Open();
        connection.Execute("PRAGMA synchronous = FULL");
        return connection;
    }

    // immediate: another process with the same file is waited for here, not in the middle
    public DbTransaction BeginWrite(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: false);

    public void Index(DbConnection connection, long id, Posting posting)
    {
        // triggers do
    }

    public IReadOnlyList<(double Rank, StoredPosting Stored)> Search(DbConnection connection, PostingQuery query)
    {
        var match = FullTextQuery.From(query.Text);
        return connection.Query(
            match is null ? ListSql : SearchSql,
            row => (row.GetDouble(4), PostingTable.ToPosting(row)),
            ("@match", match), ("@company", query.Company), ("@remote", Flag(query.Remote)), ("@language", query.Language), ("@rank", query.After?.Rank ?? double.MinValue),
            ("@after", query.After?.Id), ("@limit", query.Limit + 1), ("@open", Flag(query.Open)), ("@location", query.Location), ("@type", query.Type?.ToString()),
            ("@seniority", query.Seniority?.ToString()), ("@skill", query.Skill), ("@since", query.PostedSince?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }

    private static int? Flag(bool? value) => value is { } known ? (known ? 1 : 0) : null;

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
}
