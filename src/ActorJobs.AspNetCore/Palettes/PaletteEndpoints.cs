using ActorJobs.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.AspNetCore;

/// <summary>Tells the command line what it can do here, and who it is taken for.</summary>
internal static class PaletteEndpoints
{
    public static void MapPalettes(this RouteGroupBuilder api) =>
        api.MapGet("/palettes", List).WithSummary("What this node offers on the command line").WithTags("operations").Produces<PaletteList>();

    private static JsonHttpResult<PaletteList> List(EndpointDataSource endpoints, NodeStatus node, PageState page, TimeProvider time) => TypedResults.Json(
        new PaletteList(
            new NodeIdentity(node.Name, NodeVersion.Current, time.GetUtcNow(), new CallerIdentity(page.Caller!.Name, page.Caller.Role.ToString())),
            PaletteDirectory.Of(endpoints.Endpoints)),
        ContractJson.Default.PaletteList);
}
