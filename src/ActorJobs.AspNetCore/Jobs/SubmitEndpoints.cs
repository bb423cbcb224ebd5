using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary><c>POST /jobs</c>: one job.</summary>
internal static class SubmitEndpoints
{
    public static void MapSubmit(this RouteGroupBuilder api) =>
        api.MapPost("/jobs", SubmitAsync)
            .Accepts<SubmitJob>("application/json")
            .Produces<SubmitReceipt>(StatusCodes.Status202Accepted)
            .ProducesRefusals(400, 409, 413, 415, 422, 429, 503)
            .WithSummary("Submit a job").WithTags("jobs")
            .WithDescription($"One job in a body of at most {JsonRequest.DefaultLimit >> 20} MiB.");

    private static async Task<IResult> SubmitAsync(HttpContext context, IJobClient jobs, TimeProvider time)
    {
        var (submission, problem) = await Submission<JobRequest>.ReadAsync(context, time, JsonRequest.DefaultLimit, SubmitReader.ReadOne);
        if (submission is null)
            return problem!;
        var (request, key, hash) = submission;
        if (key is not null && request.Id is not null)
            return Problems.Invalid("contradiction", $"Give an id or an {IdempotencyKey.Header}, not both.", "/id");
        if (key is not null)
            request = key.Value.Apply(request, hash!);
        var result = await jobs.SubmitAsync(request, context.RequestAborted);
        if (result is not SubmitResult.Accepted accepted)
            return Problems.Of(result)!;
        if (!accepted.IsNew && accepted.Id == request.Id && hash is not null
            && await jobs.FindAsync(accepted.Id, context.RequestAborted) is { } job && IdempotencyKey.IsReused(job, hash))
            return Problems.KeyReused();
        context.Response.Headers.Location = $"{context.Request.PathBase}{context.Request.Path}/{accepted.Id}";
        return new JsonBody<SubmitResult.Accepted>(accepted, WriteReceipt, StatusCodes.Status202Accepted);
    }

    private static void WriteReceipt(Utf8JsonWriter writer, SubmitResult.Accepted accepted)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, accepted.Id.Value);
        writer.WriteString("state"u8, accepted.State.ToString());
        writer.WriteString("durability"u8, accepted.Durability);
        writer.WriteBoolean("isNew"u8, accepted.IsNew);
        writer.WriteEndObject();
    }
}
