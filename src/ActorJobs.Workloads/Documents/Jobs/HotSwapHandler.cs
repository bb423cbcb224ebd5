using Microsoft.Extensions.Options;

namespace ActorJobs.Workloads.Documents;

/// <summary>
/// Puts a version in service: verifies it, renames the pointer file over, lets this node's searches go on there, tells the other nodes, and removes versions beyond those kept.
/// Killed on any line and run again, it does the rest.
/// </summary>
internal sealed class HotSwapHandler(IndexCatalog catalog, Embedders embedders, VersionAnnouncer announcer, IOptions<DocumentsOptions> options, TimeProvider time)
    : IJobHandler<HotSwap, SwapResult>
{
    public async ValueTask<JobOutcome<SwapResult>> RunAsync(HotSwap args, JobContext context)
    {
        var layout = catalog.Layout(args.Index);
        var previous = layout.ReadCurrent();
        try
        {
            IndexReader.Open(layout.Version(args.Version), embedders).Release();
        }
        catch (InvalidDataException exception)
        {
            return JobOutcome.Discarded($"Version {args.Version} of index '{args.Index}' is not put in service: {exception.Message}");
        }

        // an attempt that follows a killed one has not swapped again, and has told all again
        if (previous != args.Version)
            layout.WriteCurrent(args.Version);
        await catalog.Live(args.Index).RefreshAsync(context.Cancellation);
        var removed = new IndexPruner(layout, options.Value.KeptVersions, time).PruneVersions();
        var nodes = await announcer.AnnounceAsync(args.Index, context.Cancellation);
        foreach (var node in nodes.Where(static node => !node.Serves))
            context.Log($"{node.Node} does not serve it: {node.Error}");
        return new SwapResult(args.Version, previous, removed, nodes);
    }
}

/// <summary>Result of <see cref="DocumentKinds.HotSwap"/>.</summary>
/// <param name="Version">The version in service.</param>
/// <param name="Previous">The one before, if any.</param>
/// <param name="Removed">The versions removed.</param>
/// <param name="Nodes">Every other node that answers searches: whether it serves the version, or why not.</param>
internal sealed record SwapResult(int Version, int? Previous, IReadOnlyList<int> Removed, IReadOnlyList<NodeSwap> Nodes);
