namespace ActorJobs.Actors.Stores;

/// <summary>Reads indexes over all shards as if they were one list.</summary>
public static class MergedIndex
{
    private const int AtOnce = 64; // reads of the store under way: enough to hide its round trips, and what they bring has to fit into memory

    /// <summary>
    /// A page in the order in which stores have an index's entries: by sort, then kind, then id. The place of a page's last entry is the next one's
    /// <see cref="MergedQuery.After"/>; a page with fewer entries than asked for is the last one.
    /// </summary>
    /// <param name="store">Where they are stored.</param>
    /// <param name="shards">How many shards there are.</param>
    /// <param name="query">Which page of which indexes. An entity that is in several of them comes once for each.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public static async ValueTask<IReadOnlyList<StoredEntry>> ReadAsync(IEntityStore store, int shards, MergedQuery query, CancellationToken cancellationToken)
    {
        var reads = from index in query.Indexes
                    from shard in Enumerable.Range(0, shards)
                    select new IndexQuery(shard, index, query.Limit) { After = query.After, Descending = query.Descending };
        StoredEntry[] first = [];
        foreach (var some in reads.Chunk(AtOnce))
        {
            var pages = await Task.WhenAll(some.Select(read => store.ReadIndexAsync(read, cancellationToken).AsTask())).ConfigureAwait(false);
            var entries = first.Concat(pages.SelectMany(page => page));
            first = [.. (query.Descending ? entries.OrderByDescending(PlaceOf, IndexOrder.Instance) : entries.OrderBy(PlaceOf, IndexOrder.Instance)).Take(query.Limit)];
        }

        return first;
    }

    private static IndexPosition PlaceOf(StoredEntry entry) => new(entry.Sort, entry.Key);
}

/// <summary>Which page of which indexes, over all shards.</summary>
/// <param name="Indexes">The indexes' names.</param>
/// <param name="Limit">At most so many entries.</param>
public sealed record MergedQuery(IReadOnlyList<string> Indexes, int Limit)
{
    /// <summary>Begin behind this place, or at the beginning when null.</summary>
    public IndexPosition? After { get; init; }

    /// <summary>Highest sort first.</summary>
    public bool Descending { get; init; }
}
