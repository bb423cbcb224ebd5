using ActorJobs.AspNetCore;
using ActorJobs.Workloads.Scraping.Pages;
using ActorJobs.Workloads.Scraping.Samples;

namespace ActorJobs.Workloads.Scraping.Api;

/// <summary>The routes and pages of the scraping workload.</summary>
internal sealed class ScrapingModule(ScrapingOptions options) : IActorJobsModule
{
    public IReadOnlyList<NavigationLink> Navigation { get; } = [new("Scrapes", "/scrapes"), new("Postings", "/postings")];

    public void MapApi(RouteGroupBuilder api)
    {
        api.MapScrapes();
        api.MapPostings();
    }

    public void MapPages(RouteGroupBuilder pages)
    {
        pages.MapScrapePages();
        pages.MapPostingPages();
        if (options.ServeSamples)
            pages.MapSampleSite();
    }
}
