using System.Globalization;
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
        scrapes.MapPost("", StartAsync);
        scrapes.MapGet("", List);
        scrapes.MapGet("/{id}", FindAsync);
        scrapes.MapGet("/{id}/watch", Watch);
        scrapes.MapPost("/{id}/cancel", CancelAsync).Audit("scrape.cancel");
        scrapes.MapDelete("/{id}", Clear).Audit("scrape.clear");
    }

    private static async Task<Results<Accepted<ScrapeAccepted>, ApiProblem>> StartAsync(
        ScrapeRequest request, ScrapeCommands commands, CancellationToken cancellationToken)
    {
        var (accepted, problem) = await commands.StartAsync(request, cancellationToken);
        return accepted is null ? problem! : TypedResults.Accepted($"/api/v1/scrapes/{accepted.Id}", accepted);
    }

    private static Results<Ok<Page<ScrapeRun>>, ApiProblem> List(RunLedger ledger, string? user = null, string? cursor = null, int limit = 50)
    {
        if (limit is < 1 or > ScrapeProblems.MaxLimit)
            return ScrapeProblems.Limit();
        long? before = null;
        if (cursor is not null)
        {
            if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
                return ScrapeProblems.Cursor();
            before = seq;
        }

        var rows = ledger.List(user, before, limit + 1);
        var next = rows.Count > limit ? rows[limit - 1].Seq.ToString(CultureInfo.InvariantCulture) : null;
        return TypedResults.Ok(new Page<ScrapeRun>([.. rows.Take(limit).Select(row => row.Run)], next));
    }

    private static async Task<Results<Ok<ScrapeRun>, ApiProblem>> FindAsync(
        string id, RunLedger ledger, RunReconciler reconciler, CancellationToken cancellationToken) =>
        ledger.Find(id) is { } run ? TypedResults.Ok(await reconciler.ReconcileAsync(run, cancellationToken)) : ScrapeProblems.NoSuchRun(id);

    private static IResult Watch(string id, RunLedger ledger, RunWatch watch) =>
        ledger.Find(id) is null ? ScrapeProblems.NoSuchRun(id) : new EventStream<ScrapeRun>(cancellation => watch.FollowAsync(id, cancellation), ToEvent);

    private static StreamEvent ToEvent(ScrapeRun run) =>
        StreamEvent.Json("run", run, static (writer, run) => JsonSerializer.Serialize(writer, run, JsonSerializerOptions.Web));

    private static async Task<Results<Ok<ScrapeRun>, ApiProblem>> CancelAsync(
        string id, ScrapeCommands commands, RunLedger ledger, CancellationToken cancellationToken)
    {
        if (await commands.CancelAsync(id, cancellationToken) is { } problem)
            return problem;
        return ledger.Find(id) is { } run ? TypedResults.Ok(run) : ScrapeProblems.NoSuchRun(id);
    }

    private static Results<NoContent, ApiProblem> Clear(string id, ScrapeCommands commands) =>
        commands.Clear(id) is { } problem ? problem : TypedResults.NoContent();
}
