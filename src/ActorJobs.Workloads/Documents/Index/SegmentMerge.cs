namespace ActorJobs.Workloads.Documents;

/// <summary>Writes the passages of many segments as the three files of a version.</summary>
internal sealed class SegmentMerge(IndexLayout layout, IReadOnlyList<string> segments)
{
    private const int MaxAside = 1000;

    public int Dimensions { get; private set; }

    public int Documents { get; private set; }

    public int Passages { get; private set; }

    public int SetAside { get; private set; }

    public bool Stale { get; private set; }

    /// <summary>The documents that could not be embedded, as far as they are kept.</summary>
    public List<SetAsideDocument> Aside { get; } = [];

    public IReadOnlyList<FileEntry> Write(string folder, Action<double> progress, CancellationToken cancellationToken)
    {
        // the vectors' header says how many there are, and the check for damage comes before the work
        Survey(cancellationToken);
        using var vectors = new HashedFileWriter(Path.Combine(folder, VectorFile.FileName));
        using var passages = new HashedFileWriter(Path.Combine(folder, PassageFile.FileName));
        using var postings = new HashedFileWriter(Path.Combine(folder, PostingsFile.FileName));
        var records = new PassageFile.Writer(passages);
        var words = new PostingsBuilder();
        VectorFile.WriteHeader(vectors, Passages, Dimensions);
        records.Begin();
        for (var index = 0; index < segments.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var segment = Open(segments[index]);
            foreach (var (passage, vector) in segment.Read())
            {
                vectors.Write(segment.Vector(vector));
                records.Add(passage);
                words.Add(passage.Searchable);
            }

            progress((index + 1.0) / segments.Count);
        }

        records.End();
        words.Write(postings);
        return [vectors.Complete(), passages.Complete(), postings.Complete()];
    }

    private void Survey(CancellationToken cancellationToken)
    {
        foreach (var hash in segments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var segment = Open(hash);
            if (segment.Count > 0 && Dimensions != 0 && segment.Dimensions != Dimensions)
                throw new InvalidDataException($"Segment {hash} has {segment.Dimensions} dimensions, others {Dimensions}.");
            Dimensions = segment.Count > 0 ? segment.Dimensions : Dimensions;
            Documents += segment.Report.Documents;
            Passages = checked(Passages + segment.Count);
            SetAside += segment.Report.SetAside.Count;
            Aside.AddRange(segment.Report.SetAside.Take(MaxAside - Aside.Count));
            Stale |= segment.Report.Stale;
        }
    }

    private SegmentReader Open(string hash) =>
        SegmentReader.TryOpen(layout.Segment(hash)) ?? throw new InvalidDataException($"Segment {hash} is missing or damaged.");
}
