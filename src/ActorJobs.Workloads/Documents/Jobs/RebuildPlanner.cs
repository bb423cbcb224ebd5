using Microsoft.Extensions.Options;

namespace ActorJobs.Workloads.Documents;

/// <summary>Makes the plan of a rebuild, once per rebuild job.</summary>
internal sealed class RebuildPlanner(IndexCatalog catalog, DocumentSources sources, Embedders embedders, IOptions<DocumentsOptions> options)
{
    /// <summary>The plan that an earlier attempt of the job has stored, or a new one, stored before it is returned.</summary>
    public RebuildPlan OpenOrMake(JobId job, IndexDefinition definition, bool refit, CancellationToken cancellationToken)
    {
        var layout = catalog.Layout(definition.Name);
        var id = RebuildPlan.IdOf(job);
        if (Find(definition.Name, id) is { } stored)
            return stored;
        var plan = Make(id, layout, definition, refit, cancellationToken);
        DurableFiles.WriteJson(layout.Plan(id), plan);
        return plan;
    }

    /// <summary>A stored plan, or null when it is not there or not by this name.</summary>
    public RebuildPlan? Find(string index, string id) =>
        ContentHash.IsValid(id) ? DurableFiles.ReadJson<RebuildPlan>(catalog.Layout(index).Plan(id)) : null;

    private RebuildPlan Make(string id, IndexLayout layout, IndexDefinition definition, bool refit, CancellationToken cancellationToken)
    {
        SourceFile[] files = [.. sources.List(definition.Source, layout)];
        cancellationToken.ThrowIfCancellationRequested();
        var weights = definition.Embedder == Embedders.BuiltIn
            ? FeatureWeightsStore.OpenOrFit(layout, definition.Source, files, options.Value.FitDocuments, refit, cancellationToken)
            : null;
        var embedder = embedders.Open(definition.Embedder, weights);
        var chunker = new Chunker(options.Value.ChunkSize, options.Value.ChunkOverlap);
        var slices = SlicePlanner.Plan(files, options.Value.SliceSize, embedder.Id, chunker);
        return new RebuildPlan(id, definition.Name, definition.Source, definition.Embedder, embedder.Id, weights?.Hash, chunker, slices);
    }
}
