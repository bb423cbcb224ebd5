using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ActorJobs.AspNetCore.Pages.Schedules;

/// <summary>The pages of schedules, their live fragments and their buttons.</summary>
internal static class SchedulePageRoutes
{
    private const int PageSize = 50;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    public static void MapSchedulePages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/schedules", ListAsync);
        pages.MapGet("/_live/schedules", WatchList);
        pages.MapGet("/schedules/{id}", ShowAsync);
        pages.MapGet("/_live/schedules/{id}", WatchAsync);
        pages.MapPost("/schedules/{id}/trigger", TriggerAsync).Audit("schedule.trigger");
        pages.MapPost("/schedules/{id}/pause", PauseAsync).Audit("schedule.pause");
        pages.MapPost("/schedules/{id}/resume", ResumeAsync).Audit("schedule.resume");
        pages.MapPost("/schedules/{id}/backfill/cancel", CancelBackfillAsync).Audit("schedule.backfill-cancel");
        pages.MapPost("/schedules/{id}/delete", DeleteAsync).Audit("schedule.delete");
    }

    private static async Task<IResult> ListAsync([FromServices] ISchedules schedules, string? cursor, CancellationToken cancellationToken)
    {
        try
        {
            var after = string.IsNullOrEmpty(cursor) ? null : cursor;
            return new RazorComponentResult<SchedulesPage>(new
            {
                Schedules = await schedules.ListAsync(after, PageSize, cancellationToken),
                IsFirst = after is null,
            });
        }
        catch (FormatException)
        {
            return new ProblemPageResult(Problems.Invalid("invalid-cursor", "This link to a page of the list is broken. Begin at the first schedules."));
        }
    }

    private static LiveFragments<SchedulePage> WatchList([FromServices] ISchedules schedules, [FromServices] TimeProvider time) => new(
        cancellation => PagesAsync(schedules, time, cancellation),
        (page, _) => ValueTask.FromResult<IReadOnlyList<LiveFragment>>([LiveFragment.Of<ScheduleTable>("schedules", nameof(ScheduleTable.Page), page)]));

    private static async Task<IResult> ShowAsync(string id, [FromServices] ISchedules schedules, CancellationToken cancellationToken) =>
        await schedules.FindAsync(id, cancellationToken) is { } schedule
            ? new RazorComponentResult<ScheduleDetailPage>(new { Schedule = schedule })
            : new ProblemPageResult(Problems.NoSuchSchedule(id));

    private static async Task<IResult> WatchAsync(string id, HttpContext context, [FromServices] ISchedules schedules, [FromServices] TimeProvider time) =>
        await schedules.FindAsync(id, context.RequestAborted) is null ? Problems.NoSuchSchedule(id) : new LiveFragments<ScheduleView>(
            cancellation => ViewsAsync(id, schedules, time, cancellation),
            (view, _) => ValueTask.FromResult<IReadOnlyList<LiveFragment>>(
            [
                LiveFragment.Of<ScheduleFacts>("schedule-facts", nameof(ScheduleFacts.Schedule), view),
                LiveFragment.Of<ScheduleFirings>("schedule-next", nameof(ScheduleFirings.Schedule), view),
                LiveFragment.Of<ScheduleHistory>("schedule-history", nameof(ScheduleHistory.Schedule), view),
            ]));

    private static async Task<IResult> TriggerAsync(string id, HttpContext context, [FromServices] ISchedules schedules, PageState page) =>
        Answer(id, page, await schedules.TriggerAsync(id, cancellationToken: context.RequestAborted));

    private static async Task<IResult> PauseAsync(string id, HttpContext context, [FromServices] ISchedules schedules, PageState page)
    {
        var text = context.Request.Form["reason"].ToString();
        var reason = string.IsNullOrWhiteSpace(text) ? null : text;
        AuditNote.Add(context, reason: reason);
        return Answer(id, page, await schedules.PauseAsync(id, reason, context.RequestAborted));
    }

    private static async Task<IResult> ResumeAsync(string id, HttpContext context, [FromServices] ISchedules schedules, PageState page) =>
        Answer(id, page, await schedules.ResumeAsync(id, context.RequestAborted));

    private static async Task<IResult> CancelBackfillAsync(string id, HttpContext context, [FromServices] ISchedules schedules, PageState page) =>
        Answer(id, page, await schedules.CancelBackfillAsync(id, context.RequestAborted));

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, [FromServices] ISchedules schedules, PageState page) =>
        Problems.Of(await schedules.DeleteAsync(id, context.RequestAborted), id) is { } problem ? new ProblemPageResult(problem) : page.SeeOther("/schedules");

    private static IResult Answer(string id, PageState page, ScheduleCommandResult result) =>
        Problems.Of(result, id) is { } problem ? new ProblemPageResult(problem) : page.SeeOther($"/schedules/{Uri.EscapeDataString(id)}");

    private static async IAsyncEnumerable<ScheduleView> ViewsAsync(
        string id, ISchedules schedules, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await schedules.FindAsync(id, cancellationToken) is { } view)
        {
            yield return view;
            await Task.Delay(Pace, time, cancellationToken);
        }
    }

    private static async IAsyncEnumerable<SchedulePage> PagesAsync(
        ISchedules schedules, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            yield return await schedules.ListAsync(null, PageSize, cancellationToken);
            await Task.Delay(Pace, time, cancellationToken);
        }
    }
}
