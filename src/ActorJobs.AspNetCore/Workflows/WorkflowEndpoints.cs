using ActorJobs.Client;
using Microsoft.AspNetCore.Mvc;

namespace ActorJobs.AspNetCore;

/// <summary>Workflows: starting one, one, and a list.</summary>
internal static class WorkflowEndpoints
{
    private const int MaxPage = 1000;
    private const int DefaultPage = 50;

    public static void MapWorkflows(this RouteGroupBuilder api)
    {
        var workflows = api.MapGroup("/workflows").WithTags("workflows");
        workflows.MapPost("", StartAsync).WithSummary("Start a workflow")
            .Accepts<StartWorkflow>("application/json")
            .Produces<WorkflowReceipt>(StatusCodes.Status202Accepted)
            .ProducesRefusals(400, 413, 415, 422, 429, 503);
        workflows.MapGet("", ListAsync).WithSummary("List workflows, those under way first, newest first").Produces<WorkflowList>().ProducesRefusals(400);
        workflows.MapGet("/{id}", FindAsync).WithSummary("One workflow with its nodes").Produces<WorkflowState>().ProducesRefusals(404);
    }

    private static async Task<IResult> StartAsync(HttpContext context, [FromServices] IWorkflowClient workflows, TimeProvider time)
    {
        var (submission, problem) = await Submission<WorkflowRequest>.ReadAsync(
            context, time, WorkflowBody.MaxBytes, static (utf8, _) => BodyParser.Parse(utf8, WorkflowBody.Read));
        if (submission is null)
            return problem!;
        var (request, key, hash) = submission;
        if (key is not null && request.Id is not null)
            return Problems.Invalid("contradiction", $"Give an id or an {IdempotencyKey.Header}, not both.", "/id");
        // the key becomes the id, so that sending it again finds what there is
        if (key is not null)
            request = request with { Id = key.Value.IdFor(0).Value, Fingerprint = hash };
        var result = await workflows.StartAsync(request, context.RequestAborted);
        if (result is not WorkflowStartResult.Accepted accepted)
            return Problems.Of(result)!;
        context.Response.Headers.Location = $"{context.Request.PathBase}{context.Request.Path}/{accepted.Id}";
        return new JsonBody<WorkflowStartResult.Accepted>(accepted, WorkflowWriter.WriteReceipt, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, [FromServices] IWorkflowClient workflows, string? state, string? cursor, string? limit)
    {
        if (QueryRules.FindUnknown(context.Request.Query, "state", "cursor", "limit") is { } unknown)
            return unknown;
        if (!QueryRules.TryReadLimit(limit, DefaultPage, MaxPage, out var size, out var problem))
            return problem;
        if (!TryReadStatus(state, out var status))
            return Problems.Invalid("unknown-state", $"There is no state '{state}'. States: {string.Join(", ", Enum.GetNames<WorkflowStatus>())}.", "/state");
        try
        {
            var page = await workflows.ListAsync(status, string.IsNullOrEmpty(cursor) ? null : cursor, size, context.RequestAborted);
            return JsonBody.OfPage(page.Items, page.Next, WorkflowWriter.WriteSummary);
        }
        catch (FormatException)
        {
            return Problems.InvalidCursor();
        }
    }

    private static async Task<IResult> FindAsync(string id, [FromServices] IWorkflowClient workflows, CancellationToken cancellationToken) =>
        await workflows.FindAsync(id, cancellationToken) is { } workflow ? JsonBody.Of(workflow, WorkflowWriter.Write) : Problems.NoSuchWorkflow(id);

    /// <summary>Reads the name of a status; nothing stands for all.</summary>
    internal static bool TryReadStatus(string? text, out WorkflowStatus? status)
    {
        status = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!text.All(char.IsAsciiLetter) || !Enum.TryParse<WorkflowStatus>(text, ignoreCase: true, out var found))
            return false;
        status = found;
        return true;
    }
}
