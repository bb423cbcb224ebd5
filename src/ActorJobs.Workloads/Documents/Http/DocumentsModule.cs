using ActorJobs.AspNetCore;
using ActorJobs.Workloads.Documents.Pages;

namespace ActorJobs.Workloads.Documents;

/// <summary>The endpoints and pages of the document workload.</summary>
internal sealed class DocumentsModule : IActorJobsModule
{
    public IReadOnlyList<NavigationLink> Navigation { get; } = [new("Indexes", IndexPageRoutes.Path)];

    public void MapApi(RouteGroupBuilder api) => api.MapIndexes();

    public void MapPages(RouteGroupBuilder pages)
    {
        pages.MapIndexPages();
        pages.MapDocumentPeers();
    }
}
