using ActorJobs.AspNetCore;

namespace ActorJobs.Workloads.Documents;

/// <summary>The endpoints of the document workload.</summary>
internal sealed class DocumentsModule : IActorJobsModule
{
    public IReadOnlyList<NavigationLink> Navigation => [];

    public void MapApi(RouteGroupBuilder api) => api.MapIndexes();

    public void MapPages(RouteGroupBuilder pages)
    {
        // the search page comes with the shared layout
    }
}
