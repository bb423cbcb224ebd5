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

    // written by the source stage, read by the sink to tell how far it is; a share that is a file behind does no harm
    private volatile int filesRead;

    // written by the sink
    private readonly List<SetAsideDocument> refused = [];
    private int documents;

    /// <summary>Runs the pipeline into the segment, which the caller completes.</summary>
    public async Task<(SegmentReport Segment, PipelineReport Pipeline)> RunAsync(PlannedSlice slice, SegmentWriter segment, JobContext context)
    {
        var batches = new BatchEmbedder(embedder);
        PipelineRun? run = null;
        var pipeline = Pipeline.From("read", Read(slice))
            .Select("chunk", (document, _) => ValueTask.FromResult(new ChunkedDocument(document, Chunk(document))))
            .Batch("batch", BatchSize, TimeSpan.FromSeconds(1))
            .Select("embed", batches.EmbedAsync, parallelism)
            .To("write", async (batch, _) =>
            {
                await Write(batch, segment);
                if (Volatile.Read(ref run) is { } started)
                    context.ReportProgress((double)filesRead / slice.Files.Count, Describe(started.Stages));
            });
        Volatile.Write(ref run, pipeline.Start(new PipelineOptions { MaxSetAside = MaxSetAside, IsPoison = IsPoison, TimeProvider = time }, context.Cancellation));
        var report = await run!.Completion;
        return (new SegmentReport(documents, segment.Count, stale, [.. unreadable, .. report.SetAside.Select(Describe), .. refused]), report);
    }

    // a full disk or an embedder that is down is no document's fault
    private static bool IsPoison(Exception error) =>
        error is not (IOException or UnauthorizedAccessException or InvalidDataException or EmbedderUnavailableException);

    // "read 512 (64/64) > chunk 448 (64/64) > batch 6 (2/64) > embed 4 > write 4": a full buffer says that the stage behind it is the slow one
    private static string Describe(IEnumerable<StageView> stages) => string.Join(" > ", stages.Select(stage =>
        stage.Capacity == 0 ? $"{stage.Name} {stage.Emitted}" : $"{stage.Name} {stage.Emitted} ({stage.Buffered}/{stage.Capacity})"));

    private IEnumerable<SourceDocument> Read(PlannedSlice slice)
    {
        for (var index = 0; index < slice.Files.Count; index++)
        {
            var file = slice.Files[index];
            var reader = new SourceFileReader(file);
            foreach (var document in reader.ReadWhatCan(SetAsideUnreadable))
                yield return document;
            stale |= reader.Changed;
            filesRead = index + 1;
        }
    }

    private void SetAsideUnreadable(string id, Exception error)
    {
        if (unreadable.Count == MaxSetAside)
            throw new InvalidDataException($"More than {MaxSetAside} documents of the slice cannot be read: {error.Message}");
        unreadable.Add(new SetAsideDocument(id, "read", error.Message));
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
