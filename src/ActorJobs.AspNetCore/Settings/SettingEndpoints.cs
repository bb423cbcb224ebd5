using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>The settings in force, for operators: they say how the node is built, though not its secrets.</summary>
internal static class SettingEndpoints
{
    public static void MapSettings(this RouteGroupBuilder api) =>
        api.MapGet("/configuration", (string? below, SettingOrigins settings) => TypedResults.Json(new SettingList(settings.List(below)), ContractJson.Default.SettingList))
            .WithSummary("The settings of the node that answers, each with where it comes from; secrets are masked").WithTags("operations")
            .RequireRole(AccessRole.Operator).Produces<SettingList>();
}
