using System.Globalization;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary><c>POST /jobs/actions</c>: one action upon all jobs that match a filter, as a job in the background.</summary>
internal static class BulkEndpoints
{
    public static void MapBulk(this RouteGroupBuilder api) =>
        api.MapPost("/jobs/actions", RunAsync)
            .Accepts<BulkAction>("application/json")
            .Produces<BulkReceipt>().Produces<BulkReceipt>(StatusCodes.Status202Accepted).ProducesRefusals(400, 429, 503)
            .WithSummary("Cancel, retry or promote all jobs that match a filter; with dryRun, say which they are").WithTags("jobs").Audit("jobs.bulk");

    private static async Task<IResult> RunAsync(HttpContext context, IBulkActions bulk)
    {
        var (body, problem) = await BodyParser.ReadAsync(context, BulkReader.Read);
        if (problem is not null)
            return problem;
        var (request, isDryRun) = body!;
        var preview = await bulk.PreviewAsync(request, context.RequestAborted);
        AuditNote.Add(context, request.Reason, Describe(request, preview, isDryRun));
        if (isDryRun)
            return JsonBody.Of((preview, (JobId?)null), Write);
        var result = await bulk.StartAsync(request, context.RequestAborted);
        if (result is not SubmitResult.Accepted accepted)
            return Problems.Of(result)!;
        AuditNote.Add(context, details: $"job {accepted.Id}: {Describe(request, preview, isDryRun)}");
        var path = context.Request.Path.Value!;
        context.Response.Headers.Location = $"{context.Request.PathBase}{path[..path.LastIndexOf('/')]}/{accepted.Id}";
        return new JsonBody<(BulkPreview, JobId?)>((preview, accepted.Id), Write, StatusCodes.Status202Accepted);
    }

    private static string Describe(BulkRequest request, BulkPreview preview, bool isDryRun)
    {
        var (state, queue, kind, tag, tenant) = request.Filter;
        var filter = new[] { ("state", state?.ToString()), ("queue", queue), ("kind", kind), ("tag", tag), ("tenant", tenant) }
            .Where(item => item.Item2 is not null).Select(item => $"{item.Item1} {item.Item2}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(isDryRun ? "dry run of " : "")}{request.Action.ToString().ToLowerInvariant()}, {string.Join(", ", filter)}, {preview.Count}{(preview.IsLowerBound ? " or more" : "")} jobs");
    }

    private static void Write(Utf8JsonWriter writer, (BulkPreview Preview, JobId? Id) answer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, answer.Id?.Value);
        writer.WriteNumber("count"u8, answer.Preview.Count);
        writer.WriteBoolean("countIsLowerBound"u8, answer.Preview.IsLowerBound);
        writer.WriteNumber("limit"u8, BulkRequest.MaxJobs);
        writer.WriteItems("sample"u8, answer.Preview.Sample, JobWriter.WriteSummary);
        writer.WriteEndObject();
    }
}
