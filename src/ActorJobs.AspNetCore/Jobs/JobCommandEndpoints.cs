using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>Commands to one job: cancel, retry, promote.</summary>
internal static class JobCommandEndpoints
{
    private enum RetryField
    {
        Args, Reason,
    }

    public static void MapJobCommands(this RouteGroupBuilder api)
    {
        var job = api.MapGroup("/jobs/{id}").WithTags("jobs");
        Describe(job.MapPost("/cancel", CancelAsync)).Accepts<CancelJob>(isOptional: true, "application/json").WithSummary("Ask a job to stop").Audit("job.cancel");
        Describe(job.MapPost("/retry", RetryAsync)).Accepts<RetryJob>(isOptional: true, "application/json")
            .WithSummary("Make an ended or retryable job available again, with other arguments if given").Audit("job.retry");
        Describe(job.MapPost("/promote", PromoteAsync)).Accepts<Reason>(isOptional: true, "application/json")
            .WithSummary("Make a scheduled or retryable job available now").Audit("job.promote");

        static RouteHandlerBuilder Describe(RouteHandlerBuilder route) => route.Produces<JobCommandReceipt>().ProducesRefusals(400, 404, 409, 503);
    }

    private static async Task<IResult> CancelAsync(string id, HttpContext context, IJobClient jobs)
    {
        var (reason, problem) = await ReasonBody.ReadAsync(context);
        return problem ?? await RunAsync(id, job => jobs.CancelAsync(job, reason, context.RequestAborted));
    }

    private static async Task<IResult> RetryAsync(string id, HttpContext context, IJobClient jobs)
    {
        var (body, problem) = await BodyParser.ReadOptionalAsync(context, ReadRetry, new RetryBody(null, null));
        if (problem is not null)
            return problem;
        AuditNote.Add(context, reason: body!.Reason, details: body.Args is null ? null : "with other arguments");
        return await RunAsync(id, job => jobs.RetryAsync(job, body.Args, context.RequestAborted));
    }

    private static async Task<IResult> PromoteAsync(string id, HttpContext context, IJobClient jobs)
    {
        var (_, problem) = await ReasonBody.ReadAsync(context);
        return problem ?? await RunAsync(id, job => jobs.PromoteAsync(job, context.RequestAborted));
    }

    private static async Task<IResult> RunAsync(string id, Func<JobId, ValueTask<JobCommandResult>> command)
    {
        if (!JobId.IsValid(id))
            return Problems.NoSuchJob(id);
        var result = await command(new JobId(id));
        return Problems.Of(result, new JobId(id)) as IResult ?? JsonBody.Of(((JobCommandResult.Done)result).State, (writer, state) =>
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, id);
            writer.WriteString("state"u8, state.ToString());
            writer.WriteEndObject();
        });
    }

    private static RetryBody ReadRetry(ref BodyReader reader)
    {
        var body = new RetryBody(null, null);
        var seen = 0u;
        while (reader.NextField(ref seen, out RetryField field))
            body = field == RetryField.Args ? body with { Args = reader.ReadRaw() } : body with { Reason = reader.ReadText() };
        return body;
    }

    /// <summary>The body of a retry, its arguments as the bytes they came in.</summary>
    private sealed record RetryBody(RawJson? Args, string? Reason);
}
