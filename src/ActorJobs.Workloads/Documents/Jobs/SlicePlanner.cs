namespace ActorJobs.Workloads.Documents;

/// <summary>
/// Groups a source's files into slices. Where a slice ends depends on the names around it and not on all that came before, so that a file which
/// is added or grows changes its own slice and perhaps the next, and the segments of all others are found again.
/// </summary>
internal static class SlicePlanner
{
    private const int MaxFiles = 512;

    // part of every slice's hash: raise it when reading or the segments' content change
    private const string Format = "slice-1";

    public static IReadOnlyList<PlannedSlice> Plan(IEnumerable<SourceFile> files, long size, string embedderId, Chunker chunker)
    {
        var slices = new List<PlannedSlice>();
        var slice = new List<SourceFile>();
        long length = 0;
        foreach (var file in files)
        {
            slice.Add(file);
            length += file.Length;
            if (length < size && slice.Count < MaxFiles && !(length >= size / 4 && EndsSlice(file)))
                continue;
            slices.Add(Slice());
            (slice, length) = ([], 0);
        }

        if (slice.Count > 0)
            slices.Add(Slice());
        return slices;

        PlannedSlice Slice() => new(
            ContentHash.Of([Format, embedderId, $"{chunker.Size} {chunker.Overlap}", .. slice.Select(file => $"{file.Format} {file.Id} {file.Sha256}")]),
            slice);
    }

    // one name in four
    private static bool EndsSlice(SourceFile file) => ContentHash.Of(file.Id)[^1] is '0' or '4' or '8' or 'c';
}
