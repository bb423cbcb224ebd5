using Microsoft.Extensions.Options;

namespace ActorJobs.Workloads.Documents;

/// <summary>Removes versions beyond those kept and files that no version needs. Meant to be scheduled daily.</summary>
internal sealed class CleanUpHandler(IndexCatalog catalog, IOptions<DocumentsOptions> options, TimeProvider time) : IJobHandler<EachIndex?, CleanUpResult>
{
    public ValueTask<JobOutcome<CleanUpResult>> RunAsync(EachIndex? args, JobContext context)
    {
        var result = new CleanUpResult(0, 0, 0);
        // a schedule may give no arguments at all
        foreach (var definition in catalog.List().Where(definition => args?.Index is not { } only || definition.Name == only))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var pruner = new IndexPruner(catalog.Layout(definition.Name), options.Value.KeptVersions, time);
            var versions = pruner.PruneVersions();
            var (files, bytes) = pruner.PruneFiles();
            result = new CleanUpResult(result.Versions + versions.Count, result.Files + files, result.Bytes + bytes);
        }

        return ValueTask.FromResult<JobOutcome<CleanUpResult>>(result);
    }
}

/// <summary>Result of <see cref="DocumentKinds.CleanUp"/>: what was removed.</summary>
internal sealed record CleanUpResult(int Versions, int Files, long Bytes);
