using ActorJobs.AspNetCore;
using ActorJobs.Workloads.Conversations.Pages;

namespace ActorJobs.Workloads.Conversations;

/// <summary>The routes and pages of the conversations.</summary>
internal sealed class ConversationsModule(ConversationsOptions options, CatalogueFile catalogues) : IActorJobsModule
{
    public IReadOnlyList<NavigationLink> Navigation { get; } = [new("Conversations", ConversationPageRoutes.Path)];

    public void MapApi(RouteGroupBuilder api) => api.MapConversations();

    public void MapPages(RouteGroupBuilder pages)
    {
        catalogues.EnsureRead();
        pages.MapWebhook();
        pages.MapConversationPages();
        pages.MapQuotePages();
        if (options.Gateway == ConversationGateway.Loopback)
            pages.MapPhone();
    }
}
