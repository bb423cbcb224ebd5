using ActorJobs.AspNetCore;
using ActorJobs.AspNetCore.Pages.Audit;
using ActorJobs.AspNetCore.Pages.DeadLetters;
using ActorJobs.AspNetCore.Pages.Home;
using ActorJobs.AspNetCore.Pages.Jobs;
using ActorJobs.AspNetCore.Pages.Login;
using ActorJobs.AspNetCore.Pages.Nodes;
using ActorJobs.AspNetCore.Pages.Queues;
using ActorJobs.AspNetCore.Pages.Schedules;
using ActorJobs.AspNetCore.Pages.Workflows;
using Microsoft.Extensions.Options;

namespace ActorJobs;

/// <summary>Maps the front door.</summary>
public static class ActorJobsEndpointExtensions
{
    private static readonly NavigationLink[] BuiltIn = [new("Home", "/"), new("Jobs", "/jobs"), new("Dead", "/dead"), new("Workflows", "/workflows"), new("Schedules", "/schedules"), new("Queues", "/queues")];

    private static readonly NavigationLink[] Operations = [new("Nodes", "/nodes"), new("Audit", "/audit", AccessRole.Operator)];

    /// <summary>
    /// Maps the HTTP API under <c>/api/v1</c>, the pages, health checks and the OpenAPI document, with what the registered
    /// <see cref="IActorJobsModule"/>s add. The endpoints guard themselves; the application needs no middleware for them.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="prefix">A path to put all of it under, for instance <c>/actorjobs</c>. Default: the root.</param>
    public static IEndpointConventionBuilder MapActorJobs(this IEndpointRouteBuilder endpoints, string prefix = "")
    {
        var services = endpoints.ServiceProvider;
        var door = services.GetService<FrontDoor>()
            ?? throw new InvalidOperationException("Call services.AddActorJobsApi() before app.MapActorJobs().");
        var modules = services.GetServices<IActorJobsModule>().ToArray();
        var site = new Site(prefix.TrimEnd('/'), [.. BuiltIn, .. modules.SelectMany(module => module.Navigation), .. Operations]);
        var root = endpoints.MapGroup(site.Prefix);
        MapOperations(root, door, site);
        endpoints.MapCluster();
        var front = root.MapGroup("");
        MapApi(front, door, site, modules);
        MapPages(front, door, site, modules);
        if (services.GetService<IOptions<ActorJobsOptions>>()?.Value.Node is { } node && !node.Has(NodeRoles.Front))
            front.AddEndpointFilter((context, _) => new(Problems.NotAFront(context.HttpContext.RequestServices.GetRequiredService<NodeStatus>().Name)));
        return root;
    }

    private static void MapOperations(RouteGroupBuilder root, FrontDoor door, Site site)
    {
        var operations = root.MapGroup("");
        operations.MapHealth();
        operations.MapMetrics();
        operations.MapFrontDoorDocument();
        door.Guard(operations, Surface.Api, site);
    }

    private static void MapApi(RouteGroupBuilder root, FrontDoor door, Site site, IActorJobsModule[] modules)
    {
        var api = root.MapGroup("/api/v1").WithGroupName(FrontDoorDocument.Name);
        api.MapSubmit();
        api.MapBatch();
        api.MapJobs();
        api.MapJobCommands();
        api.MapWorkflows();
        api.MapWorkflowCommands();
        api.MapSchedules();
        api.MapQueues();
        api.MapBreakers();
        api.MapPools();
        api.MapLeases();
        api.MapCallbacks();
        api.MapStats();
        api.MapNodes();
        api.MapNodeCommands();
        api.MapOperations();
        api.MapAudit();
        api.MapBulk();
        api.MapExports();
        api.MapDeadLetters();
        api.MapUsers();
        foreach (var module in modules)
            module.MapApi(api);
        api.MapUnserved(site.Prefix + "/api/v1");
        door.Guard(api, Surface.Api, site);
        var versions = root.MapGroup("");
        versions.MapUnservedVersions(site);
        door.Guard(versions, Surface.Api, site);
    }

    private static void MapPages(RouteGroupBuilder root, FrontDoor door, Site site, IActorJobsModule[] modules)
    {
        var pages = root.MapGroup("").ExcludeFromDescription();
        pages.ShowProblemsAsPages();
        PageAssets.Map(pages);
        pages.MapLogin();
        pages.MapHome();
        pages.MapJobList();
        pages.MapJobPage();
        pages.MapDeadLetterPages();
        pages.MapWorkflowPages();
        pages.MapSchedulePages();
        pages.MapQueuePage();
        pages.MapNodePage();
        pages.MapAuditPage();
        foreach (var module in modules)
            module.MapPages(pages);
        door.Guard(pages, Surface.Pages, site);
    }
}
