namespace ActorJobs.Workloads.Documents;

/// <summary>Searches the served version of an index, and measures it.</summary>
internal sealed class CatalogSearch(IndexCatalog catalog, TimeProvider time)
{
    /// <summary>What was found, or null when the index has no version to search.</summary>
    public ValueTask<SearchAnswer?> SearchAsync(string index, SearchQuery query, CancellationToken cancellationToken) =>
        MeasureAsync(index, query.Text, query.Mode, reader => new IndexSearcher(reader).SearchAsync(query, cancellationToken), cancellationToken);

    /// <summary>The documents most like one of the index; no hits when it has no such document, null when the index has no version to search.</summary>
    public ValueTask<SearchAnswer?> SimilarAsync(string index, SimilarQuery query, CancellationToken cancellationToken) =>
        MeasureAsync(
            index, query.DocumentId, SearchMode.Vector, reader => ValueTask.FromResult(new IndexSearcher(reader).Similar(query)), cancellationToken);

    private async ValueTask<SearchAnswer?> MeasureAsync(
        string index, string text, SearchMode mode, Func<IndexReader, ValueTask<IReadOnlyList<SearchHit>>> search, CancellationToken cancellationToken)
    {
        var live = catalog.Live(index);
        var started = time.GetTimestamp();
        if (await live.AcquireAsync(cancellationToken) is not { } reader)
            return null;
        try
        {
            var hits = await search(reader);
            var elapsed = time.GetElapsedTime(started);
            live.Searches.Add(elapsed);
            return new SearchAnswer(text, mode, reader.Manifest.Version, elapsed.TotalMilliseconds, hits);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            live.Searches.AddFailed();
            throw;
        }
        finally
        {
            reader.Release();
        }
    }
}

/// <summary>Answer of <c>GET /api/v1/indexes/{name}/search</c> and <c>/similar</c>.</summary>
/// <param name="Query">What was searched, or the id of the document that others are like.</param>
/// <param name="Mode">How.</param>
/// <param name="Version">In which version.</param>
/// <param name="Milliseconds">How long the search took.</param>
/// <param name="Hits">What was found, best first.</param>
public sealed record SearchAnswer(string Query, SearchMode Mode, int Version, double Milliseconds, IReadOnlyList<SearchHit> Hits);
