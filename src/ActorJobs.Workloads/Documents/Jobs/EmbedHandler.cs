using ActorJobs.Pipelines;
using Microsoft.Extensions.Options;

namespace ActorJobs.Workloads.Documents;

/// <summary>Embeds a slice into its segment. A segment that is there already, whole and from the same content, is the work done.</summary>
internal sealed class EmbedHandler(
    IndexCatalog catalog, RebuildPlanner planner, Embedders embedders, IOptions<DocumentsOptions> options, TimeProvider time)
    : IJobHandler<EmbedSlice, EmbedResult>
{
    public async ValueTask<JobOutcome<EmbedResult>> RunAsync(EmbedSlice args, JobContext context)
    {
        if (planner.Find(args.Index, args.Plan) is not { } plan || args.Slice < 0 || args.Slice >= plan.Slices.Count)
            return JobOutcome.Discarded($"The plan of index '{args.Index}' is gone or has no slice {args.Slice}.");
        var slice = plan.Slices[args.Slice];
        var layout = catalog.Layout(args.Index);
        if (Reuse(layout.Segment(slice.Hash)) is { } there)
            return Result(slice, there, reused: true, 0, []);

        var weights = plan.Weights is null ? null : FeatureWeightsStore.Open(layout, plan.Weights);
        var embedder = new SliceEmbedder(embedders.Open(plan.Embedder, weights), plan.Chunker, options.Value.EmbedParallelism, time);
        using var segment = new SegmentWriter(layout.Segment(slice.Hash), $".{ContentHash.Of(context.Id.Value)[..16]}-{context.Attempt}.tmp");
        var started = time.GetTimestamp();
        var (report, pipeline) = await embedder.RunAsync(slice, segment, context);
        segment.Complete(report);
        foreach (var aside in report.SetAside)
            context.Log($"set aside {aside.Id} in {aside.Stage}: {aside.Error}");
        return Result(slice, report, reused: false, time.GetElapsedTime(started).TotalSeconds, pipeline.Stages);
    }

    private SegmentReport? Reuse(string path)
    {
        using var segment = SegmentReader.TryOpen(path);
        if (segment is null || segment.Report.Stale)
            return null;
        // used again, so not to be cleaned up as forgotten before the new version names it
        File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
        return segment.Report;
    }

    private static EmbedResult Result(PlannedSlice slice, SegmentReport report, bool reused, double seconds, IReadOnlyList<StageView> stages) =>
        new(slice.Hash, report.Documents, report.Passages, report.SetAside.Count, reused, seconds, stages);
}

/// <summary>Result of <see cref="DocumentKinds.Embed"/>.</summary>
/// <param name="Segment">The segment's hash.</param>
/// <param name="Documents">Documents in it.</param>
/// <param name="Passages">Passages in it.</param>
/// <param name="SetAside">Documents that could not be embedded.</param>
/// <param name="Reused">Whether it was there already.</param>
/// <param name="Seconds">How long reading and embedding took.</param>
/// <param name="Stages">What each stage of the pipeline took in and gave on, and at what rate.</param>
internal sealed record EmbedResult(
    string Segment, int Documents, int Passages, int SetAside, bool Reused, double Seconds, IReadOnlyList<StageView> Stages);
