using System.Data.Common;
using ActorJobs.Workloads.Scraping.Postings;

namespace ActorJobs.Workloads.Scraping.Storage;

/// <summary>
/// The database of the workload: what steps work on, and the postings. Made on first use. Writers take turns, so that none of them fails as busy; readers never wait. A
/// write is on the disk when it returns: the engine may then record a step as done.
/// </summary>
internal sealed class ScrapingDatabase
{
    private readonly IScrapingBackend backend;

    // one writing transaction at a time, so that this process waits with one connection at most
    private readonly Lock writing = new();
    private readonly Lazy<bool> ready;

    public ScrapingDatabase(IScrapingBackend backend)
    {
        this.backend = backend;
        // one that failed is tried again with the next use: a server may be away when the node starts
        ready = new Lazy<bool>(
            () =>
            {
                backend.Prepare();
                return true;
            },
            LazyThreadSafetyMode.PublicationOnly);
    }

    public T Read<T>(Func<DbConnection, T> query)
    {
        using var connection = Open();
        return query(connection);
    }

    /// <summary>Runs <paramref name="change"/> in a transaction; an exception undoes it.</summary>
    public T Write<T>(Func<DbConnection, T> change)
    {
        lock (writing)
        {
            using var connection = Open();
            using var transaction = backend.BeginWrite(connection);
            var result = change(connection);
            transaction.Commit();
            return result;
        }
    }

    public void Write(Action<DbConnection> change) => Write<object?>(connection =>
    {
        change(connection);
        return null;
    });

    /// <summary>Stores what a run found. Within <see cref="Write{T}"/>; see <see cref="PostingTable.Save"/>.</summary>
    /// <returns>Whether the posting is new.</returns>
    public bool Save(DbConnection connection, Posting posting, string company, DateTimeOffset now)
    {
        var (id, isNew) = PostingTable.Save(connection, posting, company, now);
        backend.Index(connection, id, posting);
        return isNew;
    }

    /// <summary>By relevance when words are given, newest first when none are; nothing when what was given holds no letter or digit.</summary>
    public PostingPage Search(PostingQuery query)
    {
        if (FullTextQuery.IsWordless(query.Text))
            return new PostingPage([], null);
        var rows = Read(connection => backend.Search(connection, query));
        var items = rows.Take(query.Limit).ToList();
        var next = rows.Count > query.Limit ? new PostingCursor(items[^1].Rank, items[^1].Stored.Id) : null;
        return new PostingPage([.. items.Select(row => row.Stored)], next);
    }

    private DbConnection Open()
    {
        _ = ready.Value;
        return backend.Connect();
    }
}
