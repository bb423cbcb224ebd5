namespace ActorJobs.Workloads.Documents;

/// <summary>
/// A version of an index, open for searching. Counted: it is closed when it was replaced and the last search in it has ended.
/// </summary>
internal sealed class IndexReader
{
    // how many use it, the owner included; 0 is closed and stays so
    private int references = 1;

    private IndexReader(string folder, IndexManifest manifest, Embedders embedders)
    {
        Manifest = manifest;
        var weights = manifest.Embedder == Embedders.BuiltIn
            ? new FeatureWeights(File.ReadAllBytes(Path.Combine(folder, IndexBuilder.WeightsFile)))
            : null;
        Embedder = embedders.Open(manifest.Embedder, weights);
        Vectors = new VectorFile(Path.Combine(folder, VectorFile.FileName));
        Passages = new PassageFile(Path.Combine(folder, PassageFile.FileName));
        Lists = manifest.Files.Any(static file => file.Name == ListsFile.FileName) ? new ListsFile(Path.Combine(folder, ListsFile.FileName)) : null;
        Postings = new PostingsFile(Path.Combine(folder, PostingsFile.FileName));
    }

    public IndexManifest Manifest { get; }

    public Embedder Embedder { get; }

    public VectorFile Vectors { get; }

    /// <summary>The approximate index over the vectors; null when the version is small enough to do without.</summary>
    public ListsFile? Lists { get; }

    public PassageFile Passages { get; }

    public PostingsFile Postings { get; }

    /// <summary>Opens a version after comparing every file with the manifest.</summary>
    /// <exception cref="InvalidDataException">The version is missing, damaged, or of another format.</exception>
    public static IndexReader Open(string folder, Embedders embedders)
    {
        var manifest = IndexManifest.Read(folder);
        foreach (var file in manifest.Files)
            Verify(folder, file);
        return new IndexReader(folder, manifest, embedders);
    }

    /// <summary>Takes a reference, unless the version is closed already.</summary>
    public bool TryAcquire()
    {
        for (var seen = Volatile.Read(ref references); seen > 0; seen = Volatile.Read(ref references))
        {
            if (Interlocked.CompareExchange(ref references, seen + 1, seen) == seen)
                return true;
        }

        return false;
    }

    /// <summary>Gives a reference back; the last one closes the files.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref references) != 0)
            return;
        Vectors.Dispose();
        Lists?.Dispose();
        Passages.Dispose();
        Postings.Dispose();
    }

    private static void Verify(string folder, FileEntry file)
    {
        var path = Path.Combine(folder, file.Name);
        var found = new FileInfo(path);
        if (!found.Exists || found.Length != file.Length || ContentHash.OfFile(path) != file.Sha256)
            throw new InvalidDataException($"'{path}' is missing or damaged.");
    }
}
