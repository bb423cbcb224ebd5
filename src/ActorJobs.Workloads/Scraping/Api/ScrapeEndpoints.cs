using System.Globalization;
using ActorJobs.AspNetCore;
using ActorJobs.Workloads.Scraping.Runs;
using ActorJobs.Workloads.Scraping.Steps;
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
        scrapes.MapPost("/{id}/cancel", CancelAsync);
        scrapes.MapDelete("/{id}", Clear);
    }

    private static async Task<Results<Accepted<ScrapeAccepted>, ApiProblem>> StartAsync(
        ScrapeRequest request, RunLedger ledger, IJobClient jobs, ScrapingOptions options, CancellationToken cancellationToken)
    {
        if (request.Problem(options) is { } problem)
            return Problems.Invalid("invalid-scrape", problem, "companies");
        var args = new ScrapeRunArgs(request.Companies!, request.Enrich, request.User);
        var submitted = await jobs.SubmitAsync(
            JobRequest.Of(ScrapeKinds.Run, args) with { Tenant = request.User, Tags = ["scraping"] }, cancellationToken);
        if (submitted is not SubmitResult.Accepted accepted)
            return ScrapeProblems.Of(submitted);
        // the job may not have begun: the run can be looked at all the same, and the job finds it there
        ledger.Create(accepted.Id.Value, args);
        return TypedResults.Accepted($"/api/v1/scrapes/{accepted.Id}", new ScrapeAccepted(accepted.Id.Value, RunState.Queued, accepted.Durability));
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

    private static Results<ServerSentEventsResult<ScrapeRun>, ApiProblem> Watch(
        string id, RunLedger ledger, RunWatch watch, CancellationToken cancellationToken) =>
        ledger.Find(id) is null ? ScrapeProblems.NoSuchRun(id) : TypedResults.ServerSentEvents(watch.FollowAsync(id, cancellationToken));

    private static async Task<Results<Ok<ScrapeRun>, ApiProblem>> CancelAsync(
        string id, RunLedger ledger, IJobClient jobs, CancellationToken cancellationToken)
    {
        if (ledger.Find(id) is null)
            return ScrapeProblems.NoSuchRun(id);
        // the run first: a step that goes on all the same finds itself overtaken
        var held = ledger.Cancel(id);
        foreach (var job in held.Prepend(new JobId(id)))
            await jobs.CancelAsync(job, "The scrape was cancelled", cancellationToken);
        return ledger.Find(id) is { } run ? TypedResults.Ok(run) : ScrapeProblems.NoSuchRun(id);
    }

    private static Results<NoContent, ApiProblem> Clear(string id, RunLedger ledger)
    {
        if (ledger.Find(id) is not { } run)
            return ScrapeProblems.NoSuchRun(id);
        if (run.FinishedAt is null)
            return Problems.Conflict("under-way", "The scrape is under way: cancel it first.");
        ledger.Delete(id);
        return TypedResults.NoContent();
    }
}
