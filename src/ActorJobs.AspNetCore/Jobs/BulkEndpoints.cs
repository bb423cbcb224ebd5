using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary><c>POST /jobs/actions</c>: one action upon all jobs that match a filter, as a job in the background; and taking it back.</summary>
internal static class BulkEndpoints
{
    public static void MapBulk(this RouteGroupBuilder api)
    {
        var actions = api.MapGroup("/jobs/actions").WithTags("jobs");
        actions.MapPost("", RunAsync)
            .Accepts<BulkAction>("application/json")
            .Produces<BulkReceipt>().Produces<BulkReceipt>(StatusCodes.Status202Accepted).ProducesRefusals(400, 429, 503)
            .WithSummary("Cancel, retry, promote or dismiss all jobs that match a filter; with dryRun, say which they are").Audit("jobs.bulk");
        actions.MapPost("/{id}/undo", UndoAsync)
            .Accepts<BulkUndo>("application/json")
            .Produces<BulkReceipt>().Produces<BulkReceipt>(StatusCodes.Status202Accepted).ProducesRefusals(400, 404, 409, 429, 503)
            .WithSummary("Take an action back, for 24 hours and for the jobs that have not moved on; with dryRun, say which they are").Audit("jobs.undo");
    }

    private static async Task<IResult> RunAsync(HttpContext context, IBulkActions bulk)
    {
        var (body, problem) = await BodyParser.ReadAsync(context, BulkReader.Read);
        if (problem is not null)
            return problem;
        var (request, isDryRun) = body!;
        var preview = await bulk.PreviewAsync(request, context.RequestAborted);
        AuditNote.Add(context, request.Reason, BulkWords.Of(request, preview, isDryRun));
        if (isDryRun)
            return JsonBody.Of((preview, (JobId?)null), BulkWriter.Write);
        var result = await bulk.StartAsync(request, context.RequestAborted);
        if (result is not SubmitResult.Accepted accepted)
            return Problems.Of(result)!;
        AuditNote.Add(context, details: $"job {accepted.Id}: {BulkWords.Of(request, preview, isDryRun)}");
        return Accepted(context, "/actions", preview, accepted.Id);
    }

    private static async Task<IResult> UndoAsync(string id, HttpContext context, IBulkActions bulk)
    {
        var (body, problem) = await BodyParser.ReadOptionalAsync(context, UndoReader.Read, new UndoBody(null, false));
        if (problem is not null)
            return problem;
        var (reason, isDryRun) = body!;
        var result = isDryRun
            ? await bulk.PreviewUndoAsync(new JobId(id), context.RequestAborted)
            : await bulk.UndoAsync(new JobId(id), reason, context.RequestAborted);
        AuditNote.Add(context, reason, BulkWords.Of(result, isDryRun));
        if (Problems.Of(result, id) is { } refusal)
            return refusal;
        var (preview, submitted) = (BulkUndoResult.Possible)result;
        return submitted is SubmitResult.Accepted accepted
            ? Accepted(context, $"/actions/{id}/undo", preview, accepted.Id)
            : JsonBody.Of((preview, (JobId?)null), BulkWriter.Write);
    }

    private static JsonBody<(BulkPreview, JobId?)> Accepted(HttpContext context, string below, BulkPreview preview, JobId id)
    {
        var path = context.Request.Path.Value!;
        context.Response.Headers.Location = $"{context.Request.PathBase}{path[..^below.Length]}/{id}";
        return new((preview, id), BulkWriter.Write, StatusCodes.Status202Accepted);
    }
}
