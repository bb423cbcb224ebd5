using System.Globalization;
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
        pages.MapGet("/scrapes", (RunLedger ledger, long? cursor) => List(ledger, cursor));
        pages.MapPost("/scrapes", StartAsync);
        pages.MapGet("/scrapes/{id}", Show);
        pages.MapGet("/_live/scrapes/{id}", Watch);
        pages.MapPost("/scrapes/{id}/cancel", CancelAsync).Audit("scrape.cancel");
        pages.MapPost("/scrapes/{id}/clear", Clear).Audit("scrape.clear");
    }

    private static RazorComponentResult List(RunLedger ledger, long? before = null, ApiProblem? problem = null, string? draft = null)
    {
        var rows = ledger.List(user: null, before, Shown + 1);
        return new RazorComponentResult(typeof(ScrapesPage), new
        {
            Runs = rows.Take(Shown).Select(row => row.Run).ToList(),
            Older = rows.Count > Shown ? rows[Shown - 1].Seq.ToString(CultureInfo.InvariantCulture) : null,
            Refusal = problem?.Detail,
            Draft = draft,
        })
        { StatusCode = problem?.Status };
    }

    private static IResult Show(string id, RunLedger ledger) =>
        ledger.Find(id) is { } run ? new RazorComponentResult<ScrapePage>(new { Run = run }) : List(ledger, problem: ScrapeProblems.NoSuchRun(id));

    private static IResult Watch(string id, RunLedger ledger, RunWatch watch)
    {
        if (ledger.Find(id) is not { } run)
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

    private static async Task<IResult> StartAsync(HttpContext context, ScrapeCommands commands, RunLedger ledger, PageState page)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var draft = form["companies"].ToString();
        var request = new ScrapeRequest(
            draft.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            form["enrich"] == "true",
            form["user"].ToString().Trim() is { Length: > 0 } user ? user : null);
        var (accepted, problem) = await commands.StartAsync(request, context.RequestAborted);
        return accepted is null ? List(ledger, problem: problem, draft: draft) : page.SeeOther($"/scrapes/{Uri.EscapeDataString(accepted.Id)}");
    }

    private static async Task<IResult> CancelAsync(string id, ScrapeCommands commands, RunLedger ledger, PageState page, CancellationToken cancellationToken) =>
        await commands.CancelAsync(id, cancellationToken) is { } problem ? List(ledger, problem: problem) : page.SeeOther($"/scrapes/{Uri.EscapeDataString(id)}");

    private static IResult Clear(string id, ScrapeCommands commands, RunLedger ledger, PageState page) =>
        commands.Clear(id) is { } problem ? List(ledger, problem: problem) : page.SeeOther("/scrapes");
}
