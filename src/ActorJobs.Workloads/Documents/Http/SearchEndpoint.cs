using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.Workloads.Documents;

/// <summary>Searches an index.</summary>
internal static class SearchEndpoint
{
    private const int MaxQueryLength = 1000;
    private const int MaxCount = 100;

    public static RouteGroupBuilder MapIndexSearch(this RouteGroupBuilder indexes)
    {
        indexes.MapGet("/{name}/search", SearchAsync);
        return indexes;
    }

    private static async Task<Results<Ok<SearchAnswer>, ProblemHttpResult>> SearchAsync(
        string name, string? q, int? k, string? mode, IndexCatalog catalog, TimeProvider time, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(q) || q.Length > MaxQueryLength)
            return DocumentProblems.Invalid("invalid-query", $"q has 1 to {MaxQueryLength} characters.", "q");
        if (k is < 1 or > MaxCount)
            return DocumentProblems.Invalid("invalid-count", $"k is 1 to {MaxCount}; 10 when left out.", "k");
        if (ParseMode(mode) is not { } parsed)
            return DocumentProblems.Invalid("invalid-mode", "mode is hybrid (when left out), vector or text.", "mode");
        if (catalog.Find(name) is null)
            return DocumentProblems.NoIndex(name);
        if (await catalog.Live(name).AcquireAsync(cancellationToken) is not { } reader)
            return DocumentProblems.Conflict("not-built", $"Index '{name}' has no version to search yet. POST /api/v1/indexes/{name}/rebuild first.");
        try
        {
            var started = time.GetTimestamp();
            var hits = await new IndexSearcher(reader).SearchAsync(q, k ?? 10, parsed, cancellationToken);
            return TypedResults.Ok(new SearchAnswer(q, parsed, reader.Manifest.Version, time.GetElapsedTime(started).TotalMilliseconds, hits));
        }
        finally
        {
            reader.Release();
        }
    }

    private static SearchMode? ParseMode(string? mode) => mode?.ToLowerInvariant() switch
    {
        null or "" or "hybrid" => SearchMode.Hybrid,
        "vector" => SearchMode.Vector,
        "text" => SearchMode.Text,
        _ => null,
    };
}
