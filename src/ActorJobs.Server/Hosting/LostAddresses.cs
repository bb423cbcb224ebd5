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

    // a fallback's order is given by hand: the generator that binds the route leaves it out of MapFallback, and the API's own refusals would come after this
    public void MapPages(RouteGroupBuilder pages) => pages
        .Map("{**path}", (HttpContext context) => Problems.NotFound($"There is nothing at {context.Request.Path}."))
        .WithOrder(int.MaxValue);
}
