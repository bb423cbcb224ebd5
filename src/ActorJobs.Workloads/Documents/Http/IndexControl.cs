using ActorJobs.AspNetCore;

namespace ActorJobs.Workloads.Documents;

/// <summary>What people and programs can do to indexes; the endpoints and the pages are translations of this. What cannot be done is a problem.</summary>
internal sealed class IndexControl(IndexCatalog catalog, DocumentSources sources, Embedders embedders, IJobClient jobs, VersionAnnouncer announcer, TimeProvider time)
{
    /// <summary>Creates an index or changes what it is made from; searches see the change after the next rebuild.</summary>
    public (IndexDefinition? Definition, bool IsNew, ApiProblem? Problem) Define(string name, string? source, string? embedder)
    {
        embedder ??= Embedders.BuiltIn;
        if (!IndexName.IsValid(name))
            return Refuse(Problems.Invalid("invalid-name", IndexName.Rule, "name"));
        if (source is null)
            return Refuse(Problems.MissingField("/source"));
        if (!sources.Exists(source))
            return Refuse(Problems.Invalid("unknown-source", $"There is no source '{source}'. There are: {string.Join(", ", sources.Names)}.", "/source"));
        if (!embedders.Exists(embedder))
            return Refuse(Problems.Invalid("unknown-embedder", $"There is no embedder '{embedder}'. Always there: {Embedders.BuiltIn}.", "/embedder"));

        var isNew = catalog.Find(name) is null;
        if (isNew && catalog.List().Count >= IndexCatalog.MaxIndexes)
            return Refuse(Problems.Conflict("too-many-indexes", $"There are {IndexCatalog.MaxIndexes} indexes already."));
        var definition = new IndexDefinition(name, source, embedder, time.GetUtcNow());
        catalog.Define(definition);
        return (definition, isNew, null);

        static (IndexDefinition?, bool, ApiProblem?) Refuse(ApiProblem problem) => (null, false, problem);
    }

    /// <summary>Submits a rebuild, or finds the one that is under way.</summary>
    /// <param name="name">The index.</param>
    /// <param name="refit">Whether the built-in embedder learns the source's words anew.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<(SubmitResult.Accepted? Accepted, ApiProblem? Problem)> RebuildAsync(string name, bool refit, CancellationToken cancellationToken)
    {
        if (catalog.Find(name) is null)
            return (null, NoSuchIndex(name));
        var request = JobRequest.Of(DocumentKinds.Rebuild, new RebuildIndex(name, refit)) with
        {
            Unique = new UniqueRule($"{DocumentKinds.Rebuild}:{name}", UniqueScope.UntilFinished, OnConflict: UniqueConflict.Existing),
            Tags = [Tag(name)],
        };
        var result = await jobs.SubmitAsync(request, cancellationToken);
        return result is SubmitResult.Accepted accepted ? (accepted, null) : (null, Refusal(result));
    }

    /// <summary>Serves an earlier version again; the one before the served when none is named.</summary>
    public async ValueTask<ApiProblem?> RollBackAsync(string name, int? version, CancellationToken cancellationToken) =>
        catalog.Find(name) is null ? NoSuchIndex(name) : await catalog.Live(name).RollBackAsync(version, cancellationToken) switch
        {
            RollbackResult.Done => await AnnouncedAsync(name, cancellationToken),
            RollbackResult.NoSuchVersion => Problems.Conflict("no-such-version", "There is no such version to go back to; 'versions' of the index lists them."),
            RollbackResult.Damaged => Problems.Conflict("damaged-version", "The version is damaged; the served one stays."),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    // a node that cannot be told now learns of it by asking
    private async ValueTask<ApiProblem?> AnnouncedAsync(string name, CancellationToken cancellationToken)
    {
        await announcer.AnnounceAsync(name, cancellationToken);
        return null;
    }

    public static ApiProblem NoSuchIndex(string name) => Problems.NotFound($"There is no index '{name}'.");

    /// <summary>The tag of the index's rebuilds.</summary>
    public static string Tag(string name) => $"index:{name}";

    private static ApiProblem Refusal(SubmitResult result) => result switch
    {
        SubmitResult.Conflict conflict => Problems.Conflict("rebuild-under-way", $"Job {conflict.Holder} rebuilds the index."),
        SubmitResult.Invalid invalid => Problems.Invalid(invalid.Problem.Code, invalid.Problem.Detail, invalid.Problem.Field),
        _ => Problems.Of(result)!,
    };
}
