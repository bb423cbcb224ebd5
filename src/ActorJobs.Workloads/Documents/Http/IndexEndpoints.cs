using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.Workloads.Documents;

/// <summary>Defines, rebuilds, lists and rolls back indexes.</summary>
internal static class IndexEndpoints
{
    public static RouteGroupBuilder MapIndexes(this RouteGroupBuilder indexes)
    {
        indexes.MapGet("", ListAsync);
        indexes.MapPut("/{name}", DefineAsync);
        indexes.MapGet("/{name}", FindAsync);
        indexes.MapPost("/{name}/rebuild", RebuildAsync);
        indexes.MapPost("/{name}/rollback", RollBackAsync);
        return indexes;
    }

    /// <summary>Creates an index or changes what it is made from; searches see the change after the next rebuild.</summary>
    private static async Task<Results<Ok<IndexView>, Created<IndexView>, ProblemHttpResult>> DefineAsync(
        string name, DefineIndex body, IndexCatalog catalog, DocumentSources sources, Embedders embedders, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!IndexName.IsValid(name))
            return DocumentProblems.Invalid("invalid-name", IndexName.Rule, "name");
        if (body.Source is null || !sources.Exists(body.Source))
            return DocumentProblems.Invalid("unknown-source", $"There is no source '{body.Source}'. There are: {string.Join(", ", sources.Names)}.", "source");
        var embedder = body.Embedder ?? Embedders.BuiltIn;
        if (!embedders.Exists(embedder))
            return DocumentProblems.Invalid("unknown-embedder", $"There is no embedder '{embedder}'. Always there: {Embedders.BuiltIn}.", "embedder");

        var isNew = catalog.Find(name) is null;
        if (isNew && catalog.List().Count >= IndexCatalog.MaxIndexes)
            return DocumentProblems.Conflict("too-many-indexes", $"There are {IndexCatalog.MaxIndexes} indexes already.");
        var definition = new IndexDefinition(name, body.Source, embedder, time.GetUtcNow());
        catalog.Define(definition);
        var view = await IndexView.OfAsync(catalog, definition, cancellationToken);
        return isNew ? TypedResults.Created($"/api/v1/indexes/{name}", view) : TypedResults.Ok(view);
    }

    private static async Task<Ok<IndexList>> ListAsync(IndexCatalog catalog, CancellationToken cancellationToken)
    {
        var views = new List<IndexView>();
        foreach (var definition in catalog.List())
            views.Add(await IndexView.OfAsync(catalog, definition, cancellationToken));
        return TypedResults.Ok(new IndexList(views));
    }

    private static async Task<Results<Ok<IndexView>, ProblemHttpResult>> FindAsync(string name, IndexCatalog catalog, CancellationToken cancellationToken) =>
        catalog.Find(name) is { } definition
            ? TypedResults.Ok(await IndexView.OfAsync(catalog, definition, cancellationToken))
            : DocumentProblems.NoIndex(name);

    /// <summary>Submits a rebuild, or answers with the one that is under way.</summary>
    private static async Task<Results<Accepted<RebuildAccepted>, ProblemHttpResult>> RebuildAsync(
        string name, bool? refit, IndexCatalog catalog, IJobClient jobs, HttpResponse response, CancellationToken cancellationToken)
    {
        if (catalog.Find(name) is null)
            return DocumentProblems.NoIndex(name);
        var request = JobRequest.Of(DocumentKinds.Rebuild, new RebuildIndex(name, refit ?? false)) with
        {
            Unique = new UniqueRule($"{DocumentKinds.Rebuild}:{name}", UniqueScope.UntilFinished, OnConflict: UniqueConflict.Existing),
            Tags = [$"index:{name}"],
        };
        return await jobs.SubmitAsync(request, cancellationToken) switch
        {
            SubmitResult.Accepted accepted => TypedResults.Accepted(
                $"/api/v1/jobs/{accepted.Id}", new RebuildAccepted(accepted.Id.Value, accepted.State, accepted.Durability, accepted.IsNew)),
            SubmitResult.Conflict conflict => DocumentProblems.Conflict("rebuild-under-way", $"Job {conflict.Holder} rebuilds the index."),
            SubmitResult.QueueFull full => DocumentProblems.Later(response, 429, "queue-full", $"The queue '{full.Queue}' is full.", full.RetryAfter),
            SubmitResult.Unavailable down => DocumentProblems.Later(response, 503, "unavailable", down.Reason, down.RetryAfter),
            SubmitResult.Invalid invalid => DocumentProblems.Invalid(invalid.Problem.Code, invalid.Problem.Detail, invalid.Problem.Field),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Serves an earlier version again.</summary>
    private static async Task<Results<Ok<IndexView>, ProblemHttpResult>> RollBackAsync(
        string name, int? version, IndexCatalog catalog, CancellationToken cancellationToken)
    {
        if (catalog.Find(name) is not { } definition)
            return DocumentProblems.NoIndex(name);
        return await catalog.Live(name).RollBackAsync(version, cancellationToken) switch
        {
            RollbackResult.Done => TypedResults.Ok(await IndexView.OfAsync(catalog, definition, cancellationToken)),
            RollbackResult.NoSuchVersion => DocumentProblems.Conflict("no-such-version", "There is no such version to go back to; see 'versions' of the index."),
            RollbackResult.Damaged => DocumentProblems.Conflict("damaged-version", "The version is damaged; the served one stays."),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
