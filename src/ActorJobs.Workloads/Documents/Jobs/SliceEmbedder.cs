using ActorJobs.Pipelines;

namespace ActorJobs.Workloads.Documents;

/// <summary>The pipeline of a slice: read, chunk, batch, embed, write.</summary>
internal sealed class SliceEmbedder(Embedder embedder, Chunker chunker, int parallelism, TimeProvider time)
{
    private const int BatchSize = 64;
    private const int MaxSetAside = 1000;

    // written by the source stage, read when the pipeline has ended
    private readonly List<SetAsideDocument> unreadable = [];
    private bool stale;

    // written by the sink
    private readonly List<SetAsideDocument> refused = [];
    private int documents;

    /// <summary>Runs the pipeline into the segment, which the caller completes.</summary>
    public async Task<SegmentReport> RunAsync(PlannedSlice slice, SegmentWriter segment, JobContext context)
    {
        var batches = new BatchEmbedder(embedder);
        var report = await Pipeline.From("read", Read(slice, context))
            .Select("chunk", (document, _) => ValueTask.FromResult(new ChunkedDocument(document, Chunk(document))))
            .Batch("batch", BatchSize, TimeSpan.FromSeconds(1))
            .Select("embed", batches.EmbedAsync, parallelism)
            .To("write", (batch, _) => Write(batch, segment))
            .RunAsync(new PipelineOptions { MaxSetAside = MaxSetAside, IsPoison = IsPoison, TimeProvider = time }, context.Cancellation);
        return new SegmentReport(documents, segment.Count, stale, [.. unreadable, .. report.SetAside.Select(Describe), .. refused]);
    }

    // a full disk or an embedder that is down is no document's fault
    private static bool IsPoison(Exception error) =>
        error is not (IOException or UnauthorizedAccessException or InvalidDataException or EmbedderUnavailableException);

    private IEnumerable<SourceDocument> Read(PlannedSlice slice, JobContext context)
    {
        for (var index = 0; index < slice.Files.Count; index++)
        {
            var file = slice.Files[index];
            context.ReportProgress((double)index / slice.Files.Count, file.Id);
            var reader = new SourceFileReader(file);
            foreach (var document in reader.ReadWhatCan(error => unreadable.Add(new SetAsideDocument(file.Id, "read", error.Message))))
                yield return document;
            stale |= reader.Changed;
        }
    }

    private IReadOnlyList<Passage> Chunk(SourceDocument document) =>
        [.. chunker.Split(document.Text).Select((range, ordinal) => new Passage(document.Id, ordinal, document.Title, document.Text[range].Trim()))];

    private ValueTask Write(EmbeddedBatch batch, SegmentWriter segment)
    {
        foreach (var (passage, vector) in batch.Passages)
            segment.Add(passage, vector.Span);
        documents += batch.Documents;
        refused.AddRange(batch.Refused);
        // each batch may be refused as a whole, so the bound has to be kept here too
        return refused.Count <= MaxSetAside ? ValueTask.CompletedTask : throw new InvalidDataException($"The embedder refused more than {MaxSetAside} documents.");
    }

    private static SetAsideDocument Describe(SetAsideItem aside) =>
        new((aside.Item as SourceDocument)?.Id ?? "", aside.Stage, aside.Error.Message);
}

/// <summary>A document cut into passages.</summary>
internal sealed record ChunkedDocument(SourceDocument Document, IReadOnlyList<Passage> Passages);
