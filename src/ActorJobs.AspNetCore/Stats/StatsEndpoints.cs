namespace ActorJobs.AspNetCore;

/// <summary>Counters, once or as they change.</summary>
internal static class StatsEndpoints
{
    public static void MapStats(this RouteGroupBuilder api)
    {
        var stats = api.MapGroup("/stats").WithTags("stats");
        stats.MapGet("", FindAsync).WithSummary("Counts, rates, queues and pools at this instant").Produces<Client.Stats>();
        stats.MapGet("/watch", Watch).WithSummary("The same as server-sent events, at most 4 a second").ProducesEvents();
    }

    private static async Task<IResult> FindAsync(IJobQueries queries, CancellationToken cancellationToken) =>
        JsonBody.Of(await queries.StatsAsync(cancellationToken), StatsWriter.Write);

    private static EventStream<StatsView> Watch(IJobQueries queries) =>
        new(queries.WatchStatsAsync, stats => StreamEvent.Json("stats", stats, StatsWriter.Write));
}
