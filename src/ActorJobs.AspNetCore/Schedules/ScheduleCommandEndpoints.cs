using ActorJobs.Client;
using Microsoft.AspNetCore.Mvc;

namespace ActorJobs.AspNetCore;

/// <summary>Commands to one schedule: trigger, pause, resume, backfill.</summary>
internal static class ScheduleCommandEndpoints
{
    public static void MapScheduleCommands(this RouteGroupBuilder schedules)
    {
        Describe(schedules.MapPost("/{id}/trigger", TriggerAsync)).Accepts<Reason>(isOptional: true, "application/json")
            .WithSummary("Fire once now").Produces<ScheduleReceipt>(StatusCodes.Status202Accepted).Audit("schedule.trigger");
        Describe(schedules.MapPost("/{id}/pause", PauseAsync)).Accepts<Reason>(isOptional: true, "application/json")
            .WithSummary("Fire no more until resumed").Produces<Schedule>().Audit("schedule.pause");
        Describe(schedules.MapPost("/{id}/resume", ResumeAsync)).Accepts<Reason>(isOptional: true, "application/json")
            .WithSummary("Fire again, from now on").Produces<Schedule>().Audit("schedule.resume");
        Describe(schedules.MapPost("/{id}/backfill", BackfillAsync)).Accepts<Backfill>("application/json")
            .WithSummary("Fire for times that have passed").Produces<ScheduleReceipt>(StatusCodes.Status202Accepted).Audit("schedule.backfill");
        Describe(schedules.MapPost("/{id}/backfill/cancel", CancelBackfillAsync)).Accepts<Reason>(isOptional: true, "application/json")
            .WithSummary("End a backfill").Produces<Schedule>().Audit("schedule.backfill-cancel");

        static RouteHandlerBuilder Describe(RouteHandlerBuilder route) => route.ProducesRefusals(400, 404, 409, 503);
    }

    private static async Task<IResult> TriggerAsync(string id, HttpContext context, [FromServices] ISchedules schedules)
    {
        var (_, problem) = await ReasonBody.ReadAsync(context);
        var (key, wrongKey) = IdempotencyKey.Of(context.Request);
        return problem ?? wrongKey ?? Receipt(id, await schedules.TriggerAsync(id, key?.Value, context.RequestAborted));
    }

    private static async Task<IResult> PauseAsync(string id, HttpContext context, [FromServices] ISchedules schedules)
    {
        var (reason, problem) = await ReasonBody.ReadAsync(context);
        return problem ?? await ShowAsync(id, await schedules.PauseAsync(id, reason, context.RequestAborted), schedules, context.RequestAborted);
    }

    private static async Task<IResult> ResumeAsync(string id, HttpContext context, [FromServices] ISchedules schedules)
    {
        var (_, problem) = await ReasonBody.ReadAsync(context);
        return problem ?? await ShowAsync(id, await schedules.ResumeAsync(id, context.RequestAborted), schedules, context.RequestAborted);
    }

    private static async Task<IResult> BackfillAsync(string id, HttpContext context, [FromServices] ISchedules schedules)
    {
        var (body, problem) = await BodyParser.ReadAsync(context, ScheduleBody.ReadBackfill);
        if (problem is not null)
            return problem;
        var (from, to) = (body!.From!.Value, body.To!.Value);
        AuditNote.Add(context, reason: body.Reason, details: $"{from:O} to {to:O}");
        return Receipt(id, await schedules.BackfillAsync(id, from, to, body.PerMinute, context.RequestAborted));
    }

    private static async Task<IResult> CancelBackfillAsync(string id, HttpContext context, [FromServices] ISchedules schedules)
    {
        var (_, problem) = await ReasonBody.ReadAsync(context);
        return problem ?? await ShowAsync(id, await schedules.CancelBackfillAsync(id, context.RequestAborted), schedules, context.RequestAborted);
    }

    private static async Task<IResult> ShowAsync(string id, ScheduleCommandResult result, ISchedules schedules, CancellationToken cancellationToken) =>
        Problems.Of(result, id) is { } problem ? problem
        : await schedules.FindAsync(id, cancellationToken) is { } schedule ? JsonBody.Of(schedule, ScheduleWriter.Write)
        : Problems.NoSuchSchedule(id);

    private static IResult Receipt(string id, ScheduleCommandResult result) =>
        Problems.Of(result, id) as IResult ?? JsonBody.Of((Id: id, Done: (ScheduleCommandResult.Done)result), static (writer, receipt) =>
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, receipt.Id);
            writer.WriteString("job"u8, receipt.Done.Job?.Value);
            writer.WriteBoolean("buffered"u8, receipt.Done.IsBuffered);
            writer.WriteNumber("firings"u8, receipt.Done.Firings);
            writer.WriteEndObject();
        }, StatusCodes.Status202Accepted);
}
