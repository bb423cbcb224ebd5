using System.Text.Json;
using ActorJobs.AspNetCore;
using ActorJobs.Workloads.Scraping.Runs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.Workloads.Scraping.Api;

/// <summary>Starts, shows, watches, cancels and clears runs.</summary>
internal static class ScrapeEndpoints
{
    public static void MapScrapes(this RouteGroupBuilder api)
    {
        var scrapes = api.MapGroup("/scrapes").WithTags("Scraping");
        scrapes.MapPost("", StartAsync).Accepts<ScrapeRequest>("application/json");
        scrapes.MapGet("", ListAsync);
        scrapes.MapGet("/{id}", FindAsync);
        scrapes.MapGet("/{id}/watch", WatchAsync);
        scrapes.MapPost("/{id}/cancel", CancelAsync).Audit("scrape.cancel");
        scrapes.MapDelete("/{id}", ClearAsync).Audit("scrape.clear");
    }

    private static async Task<Results<Accepted<ScrapeAccepted>, ApiProblem>> StartAsync(
        HttpContext context, ScrapeCommands commands, CancellationToken cancellationToken)
    {
        var (request, malformed) = await JsonRequest.ReadAsync<ScrapeRequest>(context);
        if (request is null)
            return malformed!;
        var (accepted, problem) = await commands.StartAsync(request, cancellationToken);
        return accepted is null ? problem! : TypedResults.Accepted($"/api/v1/scrapes/{accepted.Id}", accepted);
    }

    private static async Task<Results<Ok<Page<ScrapeRun>>, ApiProblem>> ListAsync(
        ScrapeReading reading, CancellationToken cancellationToken, string? user = null, string? cursor = null, int limit = 50)
    {
        if (limit is < 1 or > ScrapeProblems.MaxLimit)
            return ScrapeProblems.Limit();
        if (!ScrapeCursor.TryRead(cursor, out var after))
            return ScrapeProblems.Cursor();
        var page = await reading.ListAsync(user, after, limit, cancellationToken);
        return TypedResults.Ok(new Page<ScrapeRun>(page.Items, page.Next));
    }

    private static async Task<Results<Ok<ScrapeRun>, ApiProblem>> FindAsync(
        string id, ScrapeReading reading, RunReconciler reconciler, CancellationToken cancellationToken) =>
        await reading.FindAsync(id, cancellationToken) is { } run ? TypedResults.Ok(await reconciler.ReconcileAsync(run, cancellationToken)) : ScrapeProblems.NoSuchRun(id);

    private static async Task<IResult> WatchAsync(string id, ScrapeReading reading, RunWatch watch, CancellationToken cancellationToken) =>
        await reading.StateAsync(id, cancellationToken) is null ? ScrapeProblems.NoSuchRun(id) : new EventStream<ScrapeRun>(cancellation => watch.FollowAsync(id, cancellation), ToEvent);

    private static StreamEvent ToEvent(ScrapeRun run) =>
        StreamEvent.Json("run", run, static (writer, run) => JsonSerializer.Serialize(writer, run, JsonSerializerOptions.Web));

    private static async Task<Results<Ok<ScrapeRun>, ApiProblem>> CancelAsync(
        string id, ScrapeCommands commands, ScrapeReading reading, CancellationToken cancellationToken)
    {
        if (await commands.CancelAsync(id, cancellationToken) is { } problem)
            return problem;
        return await reading.FindAsync(id, cancellationToken) is { } run ? TypedResults.Ok(run) : ScrapeProblems.NoSuchRun(id);
    }

    private static async Task<Results<NoContent, ApiProblem>> ClearAsync(string id, ScrapeCommands commands, CancellationToken cancellationToken) =>
        await commands.ClearAsync(id, cancellationToken) is { } problem ? problem : TypedResults.NoContent();
}
