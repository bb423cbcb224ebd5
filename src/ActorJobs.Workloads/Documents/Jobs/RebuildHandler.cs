using Microsoft.Extensions.Options;

namespace ActorJobs.Workloads.Documents;

/// <summary>
/// Rebuilds an index: plans, embeds every slice by a child job, then builds and swaps by a child job each. It keeps a bounded number of children in
/// flight, so that a large source never floods the queue. An attempt that follows a killed one goes on behind the slices that its checkpoint counts.
/// </summary>
internal sealed class RebuildHandler(IndexCatalog catalog, RebuildPlanner planner, IOptions<DocumentsOptions> options, TimeProvider time)
    : IJobHandler<RebuildIndex, RebuildResult>
{
    public async ValueTask<JobOutcome<RebuildResult>> RunAsync(RebuildIndex args, JobContext context)
    {
        if (catalog.Find(args.Index) is not { } definition)
            return JobOutcome.Discarded($"There is no index '{args.Index}'.");
        var clock = new RebuildClock(time);
        var outcome = await RunAsync(args, definition, context, clock);
        new RebuildLog(catalog.Layout(args.Index)).Add(clock.End(context, outcome));
        return outcome;
    }

    private async Task<JobOutcome<RebuildResult>> RunAsync(RebuildIndex args, IndexDefinition definition, JobContext context, RebuildClock clock)
    {
        context.ReportProgress(0, "listing the source");
        var plan = planner.OpenOrMake(context.Id, definition, args.Refit, context.Cancellation);
        if (await UnchangedAsync(plan, context.Cancellation) is { } served)
            return new RebuildResult(served.Version, served.Documents, served.Passages, served.SetAside, served.Hash, 0, plan.Slices.Count, true);

        var children = new ChildJobs(context, time);
        var embedding = await EmbedAllAsync(plan, context, children);
        if (embedding.Failed is { } slice)
            return Discard(slice);
        clock.Embedded(embedding.DocumentsEmbedded);

        context.ReportProgress(0.9, "building the index");
        var build = await children.RunAsync("build", JobRequest.Of(DocumentKinds.BuildIndex, new BuildIndex(args.Index, plan.Id)));
        if (build.State != JobStatus.Completed)
            return Discard(build);
        var built = build.Result!.Value.Deserialize<BuildResult>()!;
        clock.Built();

        context.ReportProgress(0.98, $"swapping version {built.Version} in");
        var swap = await children.RunAsync("swap", JobRequest.Of(DocumentKinds.HotSwap, new HotSwap(args.Index, built.Version)));
        if (swap.State != JobStatus.Completed)
            return Discard(swap);
        return new RebuildResult(
            built.Version, built.Documents, built.Passages, built.SetAside, built.Hash, plan.Slices.Count - embedding.Reused, embedding.Reused, false);
    }

    private async Task<SliceTally> EmbedAllAsync(RebuildPlan plan, JobContext context, ChildJobs children)
    {
        var tally = context.TryGetCheckpoint<SliceTally>(out var saved) && saved is not null ? saved : new SliceTally(0, 0, 0);
        if (tally.Done > 0)
            context.Log($"going on behind slice {tally.Done} of {plan.Slices.Count}");
        var requests = Enumerable.Range(tally.Done, plan.Slices.Count - tally.Done)
            .Select(slice => ($"embed-{slice}", JobRequest.Of(DocumentKinds.Embed, new EmbedSlice(plan.Index, plan.Id, slice))));
        await foreach (var child in children.RunAllAsync(requests, options.Value.InFlight))
        {
            if (child.State != JobStatus.Completed)
                return tally with { Failed = child };
            tally = tally.And(child.Result!.Value.Deserialize<EmbedResult>()!);
            await context.SaveCheckpointAsync(tally);
            context.ReportProgress(0.05 + (0.85 * tally.Done / plan.Slices.Count), $"embedded {tally.Done} of {plan.Slices.Count} slices");
        }

        return tally;
    }

    // the served version, when building by this plan would give it again
    private async ValueTask<IndexManifest?> UnchangedAsync(RebuildPlan plan, CancellationToken cancellationToken)
    {
        if (await catalog.Live(plan.Index).AcquireAsync(cancellationToken) is not { } reader)
            return null;
        var manifest = reader.Manifest;
        reader.Release();
        // an older version stands in for a damaged one: that is mended by building
        var isCurrent = manifest.Version == catalog.Layout(plan.Index).ReadCurrent();
        return isCurrent && !manifest.Stale && manifest.EmbedderId == plan.EmbedderId && manifest.Source == plan.Source
            && manifest.Segments.SequenceEqual(plan.Segments) ? manifest : null;
    }

    // The child has used up its own retries. A retry of this job would find the same ended child: it takes a new rebuild, or a retry of the child first.
    private static JobOutcome Discard(JobView child) =>
        JobOutcome.Discarded($"{child.Kind} {child.Id} ended as {child.State}: {child.Error?.Message ?? "no error was recorded"}");
}

/// <summary>Result of <see cref="DocumentKinds.Rebuild"/>.</summary>
/// <param name="Version">The version that is served now.</param>
/// <param name="Documents">Documents in it.</param>
/// <param name="Passages">Passages in it.</param>
/// <param name="SetAside">Documents that could not be embedded.</param>
/// <param name="Hash">Of its content.</param>
/// <param name="Embedded">Slices embedded.</param>
/// <param name="Reused">Slices whose segment was there.</param>
/// <param name="Unchanged">Whether the source gave the served version again, so that nothing was built.</param>
internal sealed record RebuildResult(
    int Version, int Documents, int Passages, int SetAside, string Hash, int Embedded, int Reused, bool Unchanged);

/// <summary>How many slices from the plan's start are done, of which how many were reused, and how many documents were embedded. The checkpoint of a rebuild.</summary>
internal sealed record SliceTally(int Done, int Reused, int DocumentsEmbedded)
{
    public SliceTally And(EmbedResult slice) => slice.Reused
        ? this with { Done = Done + 1, Reused = Reused + 1 }
        : this with { Done = Done + 1, DocumentsEmbedded = DocumentsEmbedded + slice.Documents };

    /// <summary>The child that ended otherwise than completed.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public JobView? Failed { get; init; }
}
