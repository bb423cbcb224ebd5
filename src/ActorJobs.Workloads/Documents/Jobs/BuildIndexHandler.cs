using Microsoft.Extensions.Options;

namespace ActorJobs.Workloads.Documents;

/// <summary>Merges the plan's segments into a new version. A version that was built by the plan already is the work done.</summary>
internal sealed class BuildIndexHandler(IndexCatalog catalog, RebuildPlanner planner, IOptions<DocumentsOptions> options, TimeProvider time)
    : IJobHandler<BuildIndex, BuildResult>
{
    public async ValueTask<JobOutcome<BuildResult>> RunAsync(BuildIndex args, JobContext context)
    {
        if (planner.Find(args.Index, args.Plan) is not { } plan)
            return JobOutcome.Discarded($"The plan of index '{args.Index}' is gone.");
        var layout = catalog.Layout(args.Index);
        // seconds of work without a pause: on a thread of its own, so that searches do not wait for one of the pool's
        var manifest = FindBuilt(layout, plan.Id) ?? await Task.Factory.StartNew(
            () => Build(layout, plan, context), context.Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return new BuildResult(manifest.Version, manifest.Documents, manifest.Passages, manifest.SetAside, manifest.Hash, manifest.Bytes);
    }

    private IndexManifest Build(IndexLayout layout, RebuildPlan plan, JobContext context)
    {
        var weights = plan.Weights is null ? null : FeatureWeightsStore.Open(layout, plan.Weights);
        var recipe = new BuildRecipe(plan.Id, plan.Source, plan.Embedder, plan.EmbedderId, weights, plan.Segments, options.Value.ApproximateFrom);
        return new IndexBuilder(layout).Build(
            recipe, time.GetUtcNow(), share => context.ReportProgress(share, "merging segments"), context.Cancellation);
    }

    private static IndexManifest? FindBuilt(IndexLayout layout, string plan)
    {
        foreach (var version in layout.Versions())
        {
            try
            {
                if (IndexManifest.Read(layout.Version(version)) is var manifest && manifest.Plan == plan)
                    return manifest;
            }
            catch (InvalidDataException)
            {
                // a damaged version was not built by any plan that can be told
            }
        }

        return null;
    }
}

/// <summary>Result of <see cref="DocumentKinds.BuildIndex"/>.</summary>
/// <param name="Version">The version.</param>
/// <param name="Documents">Documents in it.</param>
/// <param name="Passages">Passages in it.</param>
/// <param name="SetAside">Documents that could not be embedded.</param>
/// <param name="Hash">Of its content.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record BuildResult(int Version, int Documents, int Passages, int SetAside, string Hash, long Bytes);
