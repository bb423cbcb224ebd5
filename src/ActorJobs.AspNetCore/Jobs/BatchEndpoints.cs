using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary><c>POST /jobs/batch</c>: up to 10 000 jobs, each accepted or refused on its own.</summary>
internal static class BatchEndpoints
{
    /// <summary>The longest batch, in bytes.</summary>
    public const int MaxBody = 32 << 20;

    public static void MapBatch(this RouteGroupBuilder api) =>
        api.MapPost("/jobs/batch", SubmitAsync)
            .Accepts<SubmitBatch>("application/json")
            .Produces<BatchReceipt>(StatusCodes.Status202Accepted)
            .ProducesRefusals(400, 409, 413, 415, 422, 429, 503)
            .WithSummary("Submit many jobs").WithTags("jobs")
            .WithDescription($"Up to {SubmitReader.MaxBatch} jobs in a body of at most {MaxBody >> 20} MiB. 503 with the code too-many-bodies: send it again after Retry-After, or in smaller batches.");

    private static async Task<IResult> SubmitAsync(HttpContext context, IJobClient jobs, TimeProvider time)
    {
        var (submission, problem) = await Submission<List<JobRequest>>.ReadAsync(context, time, MaxBody, SubmitReader.ReadBatch);
        if (submission is null)
            return problem!;
        var (requests, key, hash) = submission;
        if (key is not null)
        {
            if (requests.FindIndex(request => request.Id is not null) is >= 0 and var index)
                return Problems.Invalid("contradiction", $"Give ids or an {IdempotencyKey.Header}, not both.", $"/jobs/{index}/id");
            // asked before anything is stored, so that a reused key changes nothing at all
            if (await jobs.FindAsync(key.Value.IdFor(0), context.RequestAborted) is { } first && IdempotencyKey.IsReused(first, hash!))
                return Problems.KeyReused();
            for (var place = 0; place < requests.Count; place++)
                requests[place] = key.Value.Apply(requests[place], hash!, place);
        }

        return new BatchAnswer(await jobs.SubmitManyAsync(requests, context.RequestAborted));
    }
}

/// <summary>What became of a batch. When nothing at all was accepted it is the first job's problem, with the others beside it.</summary>
internal sealed class BatchAnswer(IReadOnlyList<SubmitResult> results) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        SubmitResult.Accepted[] accepted = [.. results.OfType<SubmitResult.Accepted>()];
        var whole = accepted.Length == 0 ? Problems.Of(results[0], "/jobs/0") : null;
        var response = httpContext.Response;
        response.StatusCode = whole?.Status ?? StatusCodes.Status202Accepted;
        response.ContentType = whole is null ? "application/json" : ApiProblem.ContentType;
        var longest = results.Select(result => Problems.Of(result)).MaxBy(problem => problem?.RetryAfter);
        longest?.WriteRetryAfter(response);
        await using (var writer = new Utf8JsonWriter(response.BodyWriter, JsonBody.WriterOptions))
        {
            writer.WriteStartObject();
            whole?.WriteMembers(writer);
            writer.WriteNumber("accepted"u8, accepted.Length);
            writer.WriteTexts("ids"u8, accepted.Select(result => result.Id.Value));
            writer.WriteTexts("existing"u8, accepted.Where(result => !result.IsNew).Select(result => result.Id.Value));
            if (accepted.Length > 0)
                writer.WriteString("durability"u8, LeastOf(accepted));
            WriteErrors(writer);
            writer.WriteEndObject();
        }

        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    // a store changes its level when replicas come and go; anything else says less than that they have confirmed
    private static string LeastOf(SubmitResult.Accepted[] accepted) =>
        accepted.FirstOrDefault(result => !result.Durability.StartsWith("replicated", StringComparison.Ordinal))?.Durability ?? accepted[0].Durability;

    private void WriteErrors(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("errors"u8);
        for (var index = 0; index < results.Count; index++)
        {
            if (Problems.Of(results[index], $"/jobs/{index}") is not { } problem)
                continue;
            writer.WriteStartObject();
            writer.WriteNumber("index"u8, index);
            writer.WritePropertyName("problem"u8);
            problem.Write(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
