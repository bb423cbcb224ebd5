namespace ActorJobs.AspNetCore;

/// <summary>How routes describe themselves in the OpenAPI document.</summary>
internal static class Descriptions
{
    /// <summary>The problems a route answers with besides those every route can have (401, 403).</summary>
    public static RouteHandlerBuilder ProducesRefusals(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            route.Produces<Client.Problem>(status, ApiProblem.ContentType);
        return route;
    }

    public static RouteHandlerBuilder ProducesEvents(this RouteHandlerBuilder route) =>
        route.Produces(StatusCodes.Status200OK, contentType: "text/event-stream");
}
