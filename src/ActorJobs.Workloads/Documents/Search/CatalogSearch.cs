namespace ActorJobs.Workloads.Documents;

/// <summary>Searches the served version of an index.</summary>
internal sealed class CatalogSearch(IndexCatalog catalog, TimeProvider time)
{
    /// <summary>What was found, or null when the index has no version to search.</summary>
    public async ValueTask<SearchAnswer?> SearchAsync(string index, SearchQuery query, CancellationToken cancellationToken)
    {
        if (await catalog.Live(index).AcquireAsync(cancellationToken) is not { } reader)
            return null;
        try
        {
            var started = time.GetTimestamp();
            var hits = await new IndexSearcher(reader).SearchAsync(query.Text, query.Count, query.Mode, cancellationToken);
            return new SearchAnswer(query.Text, query.Mode, reader.Manifest.Version, time.GetElapsedTime(started).TotalMilliseconds, hits);
        }
        finally
        {
            reader.Release();
        }
    }
}

/// <summary>Answer of <c>GET /api/v1/indexes/{name}/search</c>.</summary>
/// <param name="Query">What was searched.</param>
/// <param name="Mode">How.</param>
/// <param name="Version">In which version.</param>
/// <param name="Milliseconds">How long the search took.</param>
/// <param name="Hits">What was found, best first.</param>
public sealed record SearchAnswer(string Query, SearchMode Mode, int Version, double Milliseconds, IReadOnlyList<SearchHit> Hits);
