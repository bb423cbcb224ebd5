using ActorJobs.AspNetCore;
using ActorJobs.Workloads.Scraping.Samples;

namespace ActorJobs.Workloads.Scraping.Api;

/// <summary>The routes of the scraping workload.</summary>
internal sealed class ScrapingModule(ScrapingOptions options) : IActorJobsModule
{
    public IReadOnlyList<NavigationLink> Navigation => [];

    public void MapApi(RouteGroupBuilder api)
    {
        api.MapScrapes();
        api.MapPostings();
    }

    public void MapPages(RouteGroupBuilder pages)
    {
        if (options.ServeSamples)
            pages.MapSampleSite();
    }
}
