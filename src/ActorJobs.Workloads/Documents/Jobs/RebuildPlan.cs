namespace ActorJobs.Workloads.Documents;

/// <summary>What a rebuild does, fixed at its start: a later attempt goes by the same plan, whatever has become of the source since.</summary>
/// <param name="Id">Derived from the rebuild job's id.</param>
/// <param name="Index">The index.</param>
/// <param name="Source">The source's name.</param>
/// <param name="Embedder">The embedder's name.</param>
/// <param name="EmbedderId">The embedder's id.</param>
/// <param name="Weights">What the built-in embedder goes by; null for any other.</param>
/// <param name="Chunker">How texts are cut.</param>
/// <param name="Slices">The work, in the order of the index.</param>
internal sealed record RebuildPlan(
    string Id, string Index, string Source, string Embedder, string EmbedderId, string? Weights, Chunker Chunker, IReadOnlyList<PlannedSlice> Slices)
{
    public static string IdOf(JobId job) => ContentHash.Of("plan", job.Value);

    public IReadOnlyList<string> Segments => [.. Slices.Select(slice => slice.Hash)];
}

/// <summary>Some files of a source, embedded by one job.</summary>
/// <param name="Hash">Of all that decides the segment: the files' content, the embedder and the chunker. Names the segment.</param>
/// <param name="Files">The files.</param>
internal sealed record PlannedSlice(string Hash, IReadOnlyList<SourceFile> Files);
