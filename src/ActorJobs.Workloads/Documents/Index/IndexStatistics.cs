namespace ActorJobs.Workloads.Documents;

/// <summary>What is to be known of an index. Answer of <c>GET /api/v1/indexes/{name}/statistics</c>.</summary>
/// <param name="Index">What it serves.</param>
/// <param name="Searches">Searches on the node that answers, since it started.</param>
/// <param name="Rebuilds">The last 50 rebuilds, newest first.</param>
/// <param name="SetAside">Documents of the served version that could not be embedded, at most 1 000.</param>
public sealed record IndexStatistics(
    IndexView Index, SearchFigures Searches, IReadOnlyList<RebuildRun> Rebuilds, IReadOnlyList<SetAsideDocument> SetAside)
{
    internal static async ValueTask<IndexStatistics> OfAsync(IndexCatalog catalog, IndexDefinition definition, CancellationToken cancellationToken)
    {
        var layout = catalog.Layout(definition.Name);
        var view = await IndexView.OfAsync(catalog, definition, cancellationToken);
        var aside = view.Served is { } served ? DurableFiles.ReadJson<SetAsideDocument[]>(Path.Combine(layout.Version(served.Version), IndexBuilder.SetAsideFile)) : null;
        return new IndexStatistics(view, catalog.Live(definition.Name).Searches.Read(), new RebuildLog(layout).Read(), aside ?? []);
    }
}
