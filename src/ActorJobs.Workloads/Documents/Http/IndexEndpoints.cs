using System.Globalization;
using ActorJobs.AspNetCore;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.Workloads.Documents;

/// <summary>Defines, rebuilds, lists, searches and rolls back indexes.</summary>
internal static class IndexEndpoints
{
    private const int MaxBody = 64 * 1024;

    public static void MapIndexes(this RouteGroupBuilder api)
    {
        var indexes = api.MapGroup("/indexes").WithTags("Indexes");
        indexes.MapGet("", ListAsync);
        indexes.MapPut("/{name}", DefineAsync).Accepts<DefineIndex>("application/json").Audit("index.define");
        indexes.MapGet("/{name}", FindAsync);
        indexes.MapGet("/{name}/statistics", StatisticsAsync);
        indexes.MapGet("/{name}/search", SearchAsync);
        indexes.MapGet("/{name}/similar", SimilarAsync);
        indexes.MapPost("/{name}/rebuild", RebuildAsync).Audit("index.rebuild");
        indexes.MapPost("/{name}/rollback", RollBackAsync).Audit("index.rollback");
        indexes.MapUploads();
    }

    private static async Task<Ok<IndexList>> ListAsync(IndexCatalog catalog, CancellationToken cancellationToken)
    {
        var views = new List<IndexView>();
        foreach (var definition in catalog.List())
            views.Add(await IndexView.OfAsync(catalog, definition, cancellationToken));
        return TypedResults.Ok(new IndexList(views));
    }

    private static async Task<Results<Ok<IndexView>, Created<IndexView>, ApiProblem>> DefineAsync(
        string name, HttpContext context, IndexControl control, IndexCatalog catalog, CancellationToken cancellationToken)
    {
        var (body, malformed) = await JsonRequest.ReadAsync<DefineIndex>(context, MaxBody);
        if (body is null)
            return malformed!;
        var (definition, isNew, problem) = control.Define(name, body.Source, body.Embedder);
        if (definition is null)
            return problem!;
        var view = await IndexView.OfAsync(catalog, definition, cancellationToken);
        return isNew ? TypedResults.Created($"/api/v1/indexes/{name}", view) : TypedResults.Ok(view);
    }

    private static async Task<Results<Ok<IndexView>, ApiProblem>> FindAsync(string name, IndexCatalog catalog, CancellationToken cancellationToken) =>
        catalog.Find(name) is { } definition
            ? TypedResults.Ok(await IndexView.OfAsync(catalog, definition, cancellationToken))
            : IndexControl.NoSuchIndex(name);

    private static async Task<Results<Ok<IndexStatistics>, ApiProblem>> StatisticsAsync(string name, IndexCatalog catalog, CancellationToken cancellationToken) =>
        catalog.Find(name) is { } definition
            ? TypedResults.Ok(await IndexStatistics.OfAsync(catalog, definition, cancellationToken))
            : IndexControl.NoSuchIndex(name);

    private static async Task<Results<Ok<SearchAnswer>, ApiProblem>> SearchAsync(
        string name, [AsParameters] SearchRequest request, IndexCatalog catalog, CatalogSearch search, CancellationToken cancellationToken)
    {
        var (query, problem) = request.Read();
        if (query is null)
            return problem!;
        if (catalog.Find(name) is null)
            return IndexControl.NoSuchIndex(name);
        return await search.SearchAsync(name, query, cancellationToken) is { } answer
            ? TypedResults.Ok(answer)
            : NotBuilt(name);
    }

    private static async Task<Results<Ok<SearchAnswer>, ApiProblem>> SimilarAsync(
        string name, string? id, string? k, string? under, IndexCatalog catalog, CatalogSearch search, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(id))
            return Problems.Invalid("missing-id", "id names the document that others are to be like.", "id");
        if (SearchRequest.ReadCount(k) is not { } count)
            return SearchRequest.InvalidCount;
        if (catalog.Find(name) is null)
            return IndexControl.NoSuchIndex(name);
        return await search.SimilarAsync(name, new SimilarQuery(id, count, under), cancellationToken) is { } answer ? TypedResults.Ok(answer) : NotBuilt(name);
    }

    private static ApiProblem NotBuilt(string name) =>
        Problems.Conflict("not-built", $"Index '{name}' has no version to search yet: POST /api/v1/indexes/{name}/rebuild makes one.");

    private static async Task<Results<Accepted<RebuildAccepted>, ApiProblem>> RebuildAsync(
        string name, string? refit, IndexControl control, CancellationToken cancellationToken)
    {
        if (refit is not (null or "true" or "false"))
            return Problems.Invalid("invalid-refit", "refit is true or false (when left out).", "refit");
        var (accepted, problem) = await control.RebuildAsync(name, refit == "true", cancellationToken);
        return accepted is null
            ? problem!
            : TypedResults.Accepted($"/api/v1/jobs/{accepted.Id}", new RebuildAccepted(accepted.Id.Value, accepted.State, accepted.Durability, accepted.IsNew));
    }

    private static async Task<Results<Ok<IndexView>, ApiProblem>> RollBackAsync(
        string name, string? version, IndexControl control, IndexCatalog catalog, CancellationToken cancellationToken)
    {
        int? target = null;
        if (version is not null)
        {
            if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return Problems.Invalid("invalid-version", "version is the number of a version; the one before the served when left out.", "version");
            target = number;
        }

        if (await control.RollBackAsync(name, target, cancellationToken) is { } problem)
            return problem;
        return TypedResults.Ok(await IndexView.OfAsync(catalog, catalog.Find(name)!, cancellationToken));
    }
}
