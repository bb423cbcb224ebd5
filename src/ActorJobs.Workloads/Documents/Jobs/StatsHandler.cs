namespace ActorJobs.Workloads.Documents;

/// <summary>Says what each index holds. Meant to be scheduled every five minutes; the results are its history.</summary>
internal sealed class StatsHandler(IndexCatalog catalog) : IJobHandler<EachIndex?, IReadOnlyList<IndexStatistics>>
{
    public async ValueTask<JobOutcome<IReadOnlyList<IndexStatistics>>> RunAsync(EachIndex? args, JobContext context)
    {
        var views = new List<IndexStatistics>();
        // a schedule may give no arguments at all
        foreach (var definition in catalog.List().Where(definition => args?.Index is not { } only || definition.Name == only))
            views.Add(await IndexStatistics.OfAsync(catalog, definition, context.Cancellation));
        return views;
    }
}
