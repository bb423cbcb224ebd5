using ActorJobs.AspNetCore;
using ActorJobs.Workloads.Scraping.Api;
using ActorJobs.Workloads.Scraping.Runs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.Workloads.Scraping.Pages;

/// <summary>The pages of scrapes: start, watch, cancel, clear.</summary>
internal static class ScrapePageRoutes
{
    private const int Shown = 50;

    public static void MapScrapePages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/scrapes", (ScrapeReading reading, CancellationToken cancellationToken, string? cursor = null) => ListAsync(reading, cancellationToken, cursor));
        pages.MapPost("/scrapes", StartAsync);
        pages.MapGet("/scrapes/{id}", ShowAsync);
        pages.MapGet("/_live/scrapes/{id}", WatchAsync);
        pages.MapPost("/scrapes/{id}/cancel", CancelAsync).Audit("scrape.cancel");
        pages.MapPost("/scrapes/{id}/clear", ClearAsync).Audit("scrape.clear");
    }

    // a cursor that makes no sense shows the beginning: a page has nobody to tell off
    private static async Task<IResult> ListAsync(
        ScrapeReading reading, CancellationToken cancellationToken, string? cursor = null, ApiProblem? problem = null, string? draft = null)
    {
        _ = ScrapeCursor.TryRead(cursor, out var after);
        var page = await reading.ListAsync(user: null, after, Shown, cancellationToken);
        return new RazorComponentResult(typeof(ScrapesPage), new
        {
            Runs = page.Items,
            Older = page.Next,
            Refusal = problem?.Detail,
            Draft = draft,
        })
        { StatusCode = problem?.Status };
    }

    private static async Task<IResult> ShowAsync(string id, ScrapeReading reading, CancellationToken cancellationToken) =>
        await reading.FindAsync(id, cancellationToken) is { } run
            ? new RazorComponentResult<ScrapePage>(new { Run = run })
            : await ListAsync(reading, cancellationToken, problem: ScrapeProblems.NoSuchRun(id));

    private static async Task<IResult> WatchAsync(string id, ScrapeReading reading, RunWatch watch, CancellationToken cancellationToken)
    {
        if (await reading.StateAsync(id, cancellationToken) is not { } run)
            return ScrapeProblems.NoSuchRun(id);
        // the page already shows the end; a 204 tells the browser not to come again
        if (run.FinishedAt is not null)
            return Results.NoContent();
        return new LiveFragments<ScrapeRun>(cancellation => watch.FollowAsync(id, cancellation), (now, _) => ValueTask.FromResult<IReadOnlyList<LiveFragment>>(
        [
            LiveFragment.Of<ScrapeActions>("scrape-actions", nameof(ScrapeActions.Run), now),
            LiveFragment.Of<ScrapeSummary>("scrape-summary", nameof(ScrapeSummary.Run), now),
            LiveFragment.Of<CompanyTable>("scrape-companies", nameof(CompanyTable.Companies), now.Companies),
        ]));
    }

    private static async Task<IResult> StartAsync(HttpContext context, ScrapeCommands commands, ScrapeReading reading, PageState page)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var draft = form["companies"].ToString();
        var request = new ScrapeRequest(
            draft.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            form["enrich"] == "true",
            form["user"].ToString().Trim() is { Length: > 0 } user ? user : null);
        var (accepted, problem) = await commands.StartAsync(request, context.RequestAborted);
        return accepted is null ? await ListAsync(reading, context.RequestAborted, problem: problem, draft: draft) : page.SeeOther($"/scrapes/{Uri.EscapeDataString(accepted.Id)}");
    }

    private static async Task<IResult> CancelAsync(
        string id, ScrapeCommands commands, ScrapeReading reading, PageState page, CancellationToken cancellationToken) =>
        await commands.CancelAsync(id, cancellationToken) is { } problem ? await ListAsync(reading, cancellationToken, problem: problem) : page.SeeOther($"/scrapes/{Uri.EscapeDataString(id)}");

    private static async Task<IResult> ClearAsync(string id, ScrapeCommands commands, ScrapeReading reading, PageState page, CancellationToken cancellationToken) =>
        await commands.ClearAsync(id, cancellationToken) is { } problem ? await ListAsync(reading, cancellationToken, problem: problem) : page.SeeOther("/scrapes");
}
