using ActorJobs.AspNetCore;

namespace ActorJobs.Server;

/// <summary>Answers for every address that nothing serves with a page that leads back. An application of one's own has addresses of its own; the node has not.</summary>
internal sealed class LostAddresses : IActorJobsModule
{
    public IReadOnlyList<NavigationLink> Navigation => [];

    public void MapApi(RouteGroupBuilder api)
    {
        // the API answers for its own
    }

    public void MapPages(RouteGroupBuilder pages) => pages.MapFallback(
        "{**path}", (HttpContext context) => Problems.NotFound($"There is nothing at {context.Request.Path}."));
}
