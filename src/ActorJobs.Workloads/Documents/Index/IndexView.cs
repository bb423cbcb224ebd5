namespace ActorJobs.Workloads.Documents;

/// <summary>An index at one instant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">The name of its source.</param>
/// <param name="Embedder">The name of its embedder.</param>
/// <param name="Served">The version that answers searches; null before the first rebuild.</param>
/// <param name="Versions">The versions that are kept, newest first.</param>
/// <param name="Damaged">The versions that were to be served and are damaged.</param>
public sealed record IndexView(
    string Name, string Source, string Embedder, VersionView? Served, IReadOnlyList<int> Versions, IReadOnlyList<int> Damaged)
{
    internal static async ValueTask<IndexView> OfAsync(IndexCatalog catalog, IndexDefinition definition, CancellationToken cancellationToken)
    {
        var live = catalog.Live(definition.Name);
        var reader = await live.AcquireAsync(cancellationToken);
        try
        {
            return new IndexView(
                definition.Name, definition.Source, definition.Embedder, reader is null ? null : VersionView.Of(reader.Manifest),
                catalog.Layout(definition.Name).Versions(), live.Damaged);
        }
        finally
        {
            reader?.Release();
        }
    }
}

/// <summary>A version of an index.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Documents">Documents in it.</param>
/// <param name="Passages">Passages in it.</param>
/// <param name="SetAside">Documents that could not be embedded.</param>
/// <param name="Dimensions">Of its vectors.</param>
/// <param name="Bytes">Its size on disk.</param>
/// <param name="BuiltAt">When it was built.</param>
/// <param name="Hash">Of its content.</param>
public sealed record VersionView(
    int Version, int Documents, int Passages, int SetAside, int Dimensions, long Bytes, DateTimeOffset BuiltAt, string Hash)
{
    internal static VersionView Of(IndexManifest manifest) => new(
        manifest.Version, manifest.Documents, manifest.Passages, manifest.SetAside, manifest.Dimensions, manifest.Bytes, manifest.BuiltAt, manifest.Hash);
}
