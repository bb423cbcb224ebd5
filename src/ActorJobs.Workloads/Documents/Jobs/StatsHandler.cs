namespace ActorJobs.Workloads.Documents;

/// <summary>Says what each index holds. Meant to be scheduled every five minutes; the results are its history.</summary>
internal sealed class StatsHandler(IndexCatalog catalog) : IJobHandler<EachIndex, IReadOnlyList<IndexView>>
{
    public async ValueTask<JobOutcome<IReadOnlyList<IndexView>>> RunAsync(EachIndex args, JobContext context)
    {
        var views = new List<IndexView>();
        foreach (var definition in catalog.List().Where(definition => args.Index is null || definition.Name == args.Index))
            views.Add(await IndexView.OfAsync(catalog, definition, context.Cancellation));
        return views;
    }
}
