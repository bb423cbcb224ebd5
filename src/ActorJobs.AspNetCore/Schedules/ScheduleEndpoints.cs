using ActorJobs.Client;
using Microsoft.AspNetCore.Mvc;

namespace ActorJobs.AspNetCore;

/// <summary>Schedules: see, put and delete them.</summary>
internal static class ScheduleEndpoints
{
    private const int DefaultPage = 50;
    private const int MaxPage = 1000;

    public static void MapSchedules(this RouteGroupBuilder api)
    {
        var schedules = api.MapGroup("/schedules").WithTags("schedules");
        schedules.MapGet("", ListAsync).WithSummary("List schedules by id").Produces<ScheduleList>().ProducesRefusals(400);
        schedules.MapGet("/{id}", FindAsync).WithSummary("One schedule, with its next ten firings").Produces<Schedule>().ProducesRefusals(404);
        schedules.MapPut("/{id}", PutAsync).WithSummary("Create or change a schedule").Accepts<PutSchedule>("application/json")
            .Produces<Schedule>().Produces<Schedule>(StatusCodes.Status201Created).ProducesRefusals(400, 409, 503).Audit("schedule.put");
        schedules.MapDelete("/{id}", DeleteAsync).WithSummary("Delete a schedule; jobs of its firings go on")
            .Produces(StatusCodes.Status204NoContent).ProducesRefusals(404, 409, 503).Audit("schedule.delete");
        schedules.MapScheduleCommands();
    }

    private static async Task<IResult> ListAsync(HttpContext context, [FromServices] ISchedules schedules, string? cursor, string? limit)
    {
        if (QueryRules.FindUnknown(context.Request.Query, "cursor", "limit") is { } unknown)
            return unknown;
        if (!QueryRules.TryReadLimit(limit, DefaultPage, MaxPage, out var size, out var problem))
            return problem!;
        try
        {
            var page = await schedules.ListAsync(string.IsNullOrEmpty(cursor) ? null : cursor, size, context.RequestAborted);
            return JsonBody.OfPage(page.Items, page.Next, ScheduleWriter.Write);
        }
        catch (FormatException)
        {
            return Problems.InvalidCursor();
        }
    }

    private static async Task<IResult> FindAsync(string id, [FromServices] ISchedules schedules, CancellationToken cancellationToken) =>
        await schedules.FindAsync(id, cancellationToken) is { } schedule ? JsonBody.Of(schedule, ScheduleWriter.Write) : Problems.NoSuchSchedule(id);

    private static async Task<IResult> PutAsync(string id, HttpContext context, [FromServices] ISchedules schedules)
    {
        var (request, problem) = await BodyParser.ReadAsync(context, ScheduleBody.Read);
        if (problem is not null)
            return problem;
        AuditNote.Add(context, details: $"{request!.Cron ?? IsoDuration.Format(request.Every ?? TimeSpan.Zero)} {request.Job.Kind}");
        var result = await schedules.PutAsync(id, request, context.RequestAborted);
        if (Problems.Of(result, id) is { } refusal)
            return refusal;
        if (await schedules.FindAsync(id, context.RequestAborted) is not { } schedule)
            return Problems.NoSuchSchedule(id); // deleted by another in this moment
        var isNew = result is ScheduleCommandResult.Done { IsNew: true };
        if (isNew)
            context.Response.Headers.Location = (context.Request.PathBase + context.Request.Path).ToUriComponent();
        return JsonBody.Of(schedule, ScheduleWriter.Write, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, [FromServices] ISchedules schedules)
    {
        var (_, problem) = await ReasonBody.ReadAsync(context);
        return problem ?? Problems.Of(await schedules.DeleteAsync(id, context.RequestAborted), id) as IResult ?? Results.NoContent();
    }
}
