using System.Data.Common;
using ActorJobs.Workloads.Scraping.Postings;

namespace ActorJobs.Workloads.Scraping.Storage;

/// <summary>What a kind of database does in its own way; the tables are the same in all.</summary>
internal interface IScrapingBackend
{
    /// <summary>Makes what is missing: the database as far as that is its duty, and the tables.</summary>
    void Prepare();

    /// <summary>An open connection.</summary>
    DbConnection Connect();

    /// <summary>Begins a transaction that sees what all earlier ones wrote: writers take turns, in all processes.</summary>
    DbTransaction BeginWrite(DbConnection connection);

    /// <summary>Brings the full-text index up to date with a posting that was just written, where the database does not do so itself.</summary>
    void Index(DbConnection connection, long id, Posting posting);

    /// <summary>By relevance when words are given, else newest first. Returns a row more than asked for when there is a next page.</summary>
    IReadOnlyList<(double Rank, StoredPosting Stored)> Search(DbConnection connection, PostingQuery query);
}
