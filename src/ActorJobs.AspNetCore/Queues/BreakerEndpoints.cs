using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>Circuit breakers: see them, open and close them by hand.</summary>
internal static class BreakerEndpoints
{
    public static void MapBreakers(this RouteGroupBuilder api)
    {
        var breakers = api.MapGroup("/breakers").WithTags("breakers");
        breakers.MapGet("", ListAsync).WithSummary("The circuit breakers that are configured or not closed").Produces<BreakerList>();
        MapSetting("open", "Hold the jobs that need the dependency", open: true);
        MapSetting("close", "Let the jobs that need the dependency run", open: false);

        void MapSetting(string verb, string summary, bool open) =>
            breakers.MapPost("/{name}/" + verb, (string name, HttpContext context, IQueueControl control) => SetAsync(name, open, context, control))
                .Accepts<Reason>(isOptional: true, "application/json")
                .WithSummary(summary).Produces<BreakerState>().ProducesRefusals(400, 404).Audit("breaker." + verb);
    }

    private static async Task<IResult> ListAsync(IQueueControl control, CancellationToken cancellationToken) =>
        JsonBody.OfItems(await control.ListBreakersAsync(cancellationToken), StatsWriter.WriteBreaker);

    private static async Task<IResult> SetAsync(string name, bool open, HttpContext context, IQueueControl control)
    {
        var (_, problem) = await ReasonBody.ReadAsync(context);
        if (problem is not null)
            return problem;
        return JobKind.IsValidName(name)
            ? JsonBody.Of(await control.SetBreakerAsync(name, open, context.RequestAborted), StatsWriter.WriteBreaker)
            : Problems.NotFound($"There is no dependency '{name}'.");
    }
}
