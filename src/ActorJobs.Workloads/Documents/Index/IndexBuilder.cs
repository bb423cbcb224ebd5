namespace ActorJobs.Workloads.Documents;

/// <summary>
/// Merges segments into a version: vectors, passages, postings, what the embedder has learned, and the manifest. Built in a draft folder, which
/// becomes the version by being renamed. The same segments in the same order give the same files, byte for byte.
/// </summary>
internal sealed class IndexBuilder(IndexLayout layout)
{
    /// <summary>Where a version keeps the built-in embedder's weights: a query must be embedded by what its passages were embedded by.</summary>
    public const string WeightsFile = "weights.idf";

    /// <summary>Where a version keeps the documents that could not be embedded, when there are some.</summary>
    public const string SetAsideFile = "set-aside.json";

    /// <param name="recipe">What to build.</param>
    /// <param name="builtAt">Goes into the manifest.</param>
    /// <param name="progress">Told the share of segments merged.</param>
    /// <param name="cancellationToken">Gives up; the draft is removed by the next build.</param>
    /// <exception cref="InvalidDataException">A segment is missing or damaged, or segments do not fit each other.</exception>
    public IndexManifest Build(BuildRecipe recipe, DateTimeOffset builtAt, Action<double> progress, CancellationToken cancellationToken)
    {
        var version = (layout.Versions() is [var newest, ..] ? newest : 0) + 1;
        var draft = layout.Version(version) + ".draft";
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
        Directory.CreateDirectory(draft);

        var merge = new SegmentMerge(layout, recipe.Segments);
        var files = merge.Write(draft, progress, cancellationToken);
        if (merge.Aside.Count > 0)
            files = [.. files, WriteSetAside(draft, merge.Aside)];
        if (merge.Passages >= recipe.ListsFrom && merge.Dimensions > 0)
            files = [.. files, WriteLists(draft, cancellationToken)];
        if (recipe.Weights is not null)
            files = [.. files, WriteWeights(draft, recipe.Weights)];
        var manifest = new IndexManifest
        {
            Format = IndexManifest.CurrentFormat,
            Version = version,
            Plan = recipe.Plan,
            BuiltAt = builtAt,
            Source = recipe.Source,
            Embedder = recipe.Embedder,
            EmbedderId = recipe.EmbedderId,
            Dimensions = merge.Dimensions,
            Documents = merge.Documents,
            Passages = merge.Passages,
            SetAside = merge.SetAside,
            Stale = merge.Stale,
            Segments = recipe.Segments,
            Files = files,
        };
        manifest.Write(draft);
        DurableFiles.MoveFolder(draft, layout.Version(version));
        return manifest;
    }

    private static FileEntry WriteSetAside(string draft, IReadOnlyList<SetAsideDocument> aside)
    {
        using var file = new HashedFileWriter(Path.Combine(draft, SetAsideFile));
        file.Write(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(aside, JobJson.Options));
        return file.Complete();
    }

    private static FileEntry WriteLists(string draft, CancellationToken cancellationToken)
    {
        using var vectors = new VectorFile(Path.Combine(draft, VectorFile.FileName));
        using var file = new HashedFileWriter(Path.Combine(draft, ListsFile.FileName));
        new ListsBuilder(vectors).Write(file, cancellationToken);
        return file.Complete();
    }

    private static FileEntry WriteWeights(string draft, FeatureWeights weights)
    {
        using var file = new HashedFileWriter(Path.Combine(draft, WeightsFile));
        file.Write(weights.Bytes.Span);
        return file.Complete();
    }
}

/// <summary>What a version is built from.</summary>
/// <param name="Plan">The plan's id.</param>
/// <param name="Source">The source's name.</param>
/// <param name="Embedder">The embedder's name.</param>
/// <param name="EmbedderId">The embedder's id.</param>
/// <param name="Weights">What the built-in embedder goes by; null for any other.</param>
/// <param name="Segments">The segments' hashes, in their order.</param>
/// <param name="ListsFrom">From how many passages on the version has an approximate index.</param>
internal sealed record BuildRecipe(
    string Plan, string Source, string Embedder, string EmbedderId, FeatureWeights? Weights, IReadOnlyList<string> Segments, int ListsFrom);
