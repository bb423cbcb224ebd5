using System.Data.Common;
using System.Text;
using ActorJobs.Workloads.Scraping.Postings;
using Npgsql;

namespace ActorJobs.Workloads.Scraping.Storage;

/// <summary>A PostgreSQL database that the nodes of a cluster share, in a schema of its own.</summary>
internal sealed class PostgresBackend : IScrapingBackend
{
    private const string Schema = "scraping";
    private const int Version = 1;

    // any number that other users of the database do not take: "scraping" in ASCII
    private const long WriterLock = 0x73_63_72_61_70_69_6E_67;

    private readonly string connectionString;

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="connection">A connection string of Npgsql. What it sets wins over the limits set here.</param>
    public PostgresBackend(string connection)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection) { SearchPath = Schema };
        // a node that stands still in the middle of a write must not stop the others for ever
        builder.Options ??= "-c lock_timeout=30s -c idle_in_transaction_session_timeout=30s";
        builder.ApplicationName ??= "actorjobs";
        connectionString = builder.ToString();
    }

    public void Prepare()
    {
        using var connection = Connect();
        using var transaction = BeginWrite(connection);
        connection.Execute($"CREATE SCHEMA IF NOT EXISTS {Schema}; CREATE TABLE IF NOT EXISTS schema_version (version bigint NOT NULL)");
        ScrapingSchema.Migrate(
            connection, "postgres", connection.Scalar<long>("SELECT max(version) FROM schema_version"), Version, $"The schema {Schema} of the database",
            version => FormattableString.Invariant($"INSERT INTO schema_version (version) VALUES ({version});"));
        transaction.Commit();
    }

    public DbConnection Connect()
    {
        var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        return connection;
    }

    public DbTransaction BeginWrite(DbConnection connection)
    {
        var transaction = connection.BeginTransaction();
        // as with a file: whether a posting is known is asked and answered before another node asks. Let go at the transaction's end, however it ends.
        connection.Execute("SELECT pg_advisory_xact_lock(@lock)", ("@lock", WriterLock));
        return transaction;
    }

    public void Index(DbConnection connection, long id, Posting posting) =>
        connection.Execute(
            "UPDATE postings SET search = CAST(@search AS tsvector), types = @types, skill_names = @skills, seniority = @seniority, posted_on = @posted WHERE id = @id",
            ("@search", TextSearchVector.Of(posting)), ("@types", posting.EmploymentTypes.Select(type => type.ToString()).ToArray()),
            ("@skills", (posting.Enrichment?.Skills ?? []).Select(Lower).ToArray()), ("@seniority", posting.Enrichment?.Seniority?.ToString()),
            ("@posted", posting.PostedOn), ("@id", id));

    public IReadOnlyList<(double Rank, StoredPosting Stored)> Search(DbConnection connection, PostingQuery query)
    {
        // only what is asked for stands in the statement: the planner sees which index serves
        var (where, parameters) = Filters(query);
        var words = FullTextQuery.ToTextSearch(query.Text);
        parameters.Add(("@limit", query.Limit + 1));
        if (words is not null)
            parameters.Add(("@words", words));
        return connection.Query(words is null ? ListSql(where) : SearchSql(where), row => (row.GetDouble(4), PostingTable.ToPosting(row)), [.. parameters]);
    }

    private static string Lower(string text) => StorableText.Of(text).ToLowerInvariant();

    private static (string Where, List<(string, object?)> Parameters) Filters(PostingQuery query)
    {
        var where = new StringBuilder("TRUE");
        var parameters = new List<(string, object?)>();
        Add("lower(company) = lower(@company)", "@company", query.Company);
        Add("remote = @remote", "@remote", query.Remote is { } remote ? (remote ? 1 : 0) : null);
        Add("language = @language", "@language", query.Language);
        Add("(closed_at IS NULL) = @open", "@open", query.Open);
        Add("strpos(lower(locations), lower(@location)) > 0", "@location", query.Location);
        Add("@type = ANY(types)", "@type", query.Type?.ToString());
        Add("seniority = @seniority", "@seniority", query.Seniority?.ToString());
        Add("@skill = ANY(skill_names)", "@skill", query.Skill is { } skill ? Lower(skill) : null);
        Add("posted_on >= @since", "@since", query.PostedSince);
        if (query.After is { } after)
        {
            if (FullTextQuery.ToTextSearch(query.Text) is null)
            {
                Add("id < @after", "@after", after.Id);
            }
            else
            {
                Add("(score > @rank OR (score = @rank AND id < @after))", "@rank", after.Rank);
                parameters.Add(("@after", after.Id));
            }
        }

        return (where.ToString(), parameters);

        void Add(string condition, string name, object? value)
        {
            if (value is null)
                return;
            where.Append(" AND ").Append(condition);
            parameters.Add((name, value));
        }
    }

    private static string ListSql(string where) =>
        $"SELECT id, first_seen, last_seen, document, CAST(0 AS float8), closed_at FROM postings WHERE {where} ORDER BY id DESC LIMIT @limit";

    // weights of D, C, B, A; below zero, so that the best comes first as in SQLite
    private static string SearchSql(string where) =>
        $$"""
        SELECT id, first_seen, last_seen, document, score, closed_at FROM (
          SELECT postings.*, CAST(-ts_rank('{0.1, 0.3, 0.6, 1.0}', search, query) AS float8) AS score
          FROM postings, (SELECT CAST(@words AS tsquery) AS query) AS asked WHERE search @@ query) AS found
        WHERE {{where}} ORDER BY score, id DESC LIMIT @limit
        """;
}
