namespace ActorJobs.Workloads.Documents;

/// <summary>Removes what no kept version needs.</summary>
internal sealed class IndexPruner(IndexLayout layout, int keptVersions, TimeProvider time)
{
    // a rebuild under way makes segments, weights and plans that no version names yet
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    /// <summary>Keeps the served version and the newest others. Searches that still read a removed version go on: its files live until closed.</summary>
    public IReadOnlyList<int> PruneVersions()
    {
        if (layout.ReadCurrent() is not { } current)
            return [];
        int[] removed = [.. layout.Versions().Where(version => version != current).Skip(Math.Max(0, keptVersions - 1))];
        foreach (var version in removed)
            Directory.Delete(layout.Version(version), recursive: true);
        return removed;
    }

    /// <summary>Removes segments, weights, plans and drafts that are a day old and that no kept version was built from.</summary>
    /// <returns>How many files, and their bytes.</returns>
    public (int Files, long Bytes) PruneFiles()
    {
        var needed = Needed();
        var (files, bytes) = (0, 0L);
        foreach (var file in layout.WorkFolders.Select(folder => new DirectoryInfo(folder)).Where(folder => folder.Exists)
            .SelectMany(folder => folder.EnumerateFiles()))
        {
            if (needed.Contains(Path.GetFileNameWithoutExtension(file.Name)) || time.GetUtcNow() - file.LastWriteTimeUtc < Grace)
                continue;
            files++;
            bytes += file.Length;
            file.Delete();
        }

        return (files, bytes);
    }

    private HashSet<string> Needed()
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var version in layout.Versions())
        {
            try
            {
                var manifest = IndexManifest.Read(layout.Version(version));
                needed.UnionWith(manifest.Segments);
                needed.Add(manifest.EmbedderId[(manifest.EmbedderId.LastIndexOf(':') + 1)..]);
            }
            catch (InvalidDataException)
            {
                // nothing can be built from a damaged version
            }
        }

        return needed;
    }
}
