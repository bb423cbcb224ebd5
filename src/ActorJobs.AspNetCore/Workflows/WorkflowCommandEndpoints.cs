using ActorJobs.Client;
using Microsoft.AspNetCore.Mvc;

namespace ActorJobs.AspNetCore;

/// <summary>Commands to one workflow: cancel, retry, add jobs.</summary>
internal static class WorkflowCommandEndpoints
{
    private enum CancelField
    {
        Reason, Compensate,
    }

    public static void MapWorkflowCommands(this RouteGroupBuilder api)
    {
        var workflow = api.MapGroup("/workflows/{id}").WithTags("workflows");
        Describe(workflow.MapPost("/cancel", CancelAsync)).Accepts<CancelWorkflow>(isOptional: true, "application/json").WithSummary("Stop a workflow and its jobs")
            .Audit("workflow.cancel");
        Describe(workflow.MapPost("/retry", RetryAsync)).WithSummary("Run the failed jobs of a workflow again, and what waited for them").Audit("workflow.retry");
        Describe(workflow.MapPost("/jobs", AddAsync)).Accepts<AddToWorkflow>("application/json").WithSummary("Add jobs to a running workflow")
            .Audit("workflow.add");

        static RouteHandlerBuilder Describe(RouteHandlerBuilder route) => route.Produces<WorkflowCommandReceipt>().ProducesRefusals(400, 404, 409, 503);
    }

    private static async Task<IResult> CancelAsync(string id, HttpContext context, [FromServices] IWorkflowClient workflows)
    {
        var (body, problem) = await BodyParser.ReadOptionalAsync(context, ReadCancel, new CancelWorkflow());
        if (problem is not null)
            return problem;
        AuditNote.Add(context, body!.Reason);
        return Answer(id, await workflows.CancelAsync(id, body.Reason, body.Compensate ?? true, context.RequestAborted));
    }

    private static async Task<IResult> RetryAsync(string id, HttpContext context, [FromServices] IWorkflowClient workflows) =>
        Answer(id, await workflows.RetryAsync(id, context.RequestAborted));

    private static async Task<IResult> AddAsync(string id, HttpContext context, [FromServices] IWorkflowClient workflows)
    {
        var (jobs, problem) = await BodyParser.ReadAsync(context, WorkflowBody.ReadAddition, limit: WorkflowBody.MaxBytes);
        return problem ?? Answer(id, await workflows.AddAsync(id, jobs!, context.RequestAborted));
    }

    private static IResult Answer(string id, WorkflowCommandResult result) =>
        Problems.Of(result, id) as IResult ?? JsonBody.Of(((WorkflowCommandResult.Done)result).Status, (writer, state) =>
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, id);
            writer.WriteString("state"u8, state.ToString());
            writer.WriteEndObject();
        });

    private static CancelWorkflow ReadCancel(ref BodyReader reader)
    {
        var body = new CancelWorkflow();
        var seen = 0u;
        while (reader.NextField(ref seen, out CancelField field))
        {
            body = field == CancelField.Reason ? body with { Reason = reader.ReadText() } : body with { Compensate = reader.ReadBoolean() };
        }

        return body;
    }
}
