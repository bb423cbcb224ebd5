using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>Commands to one job: cancel, retry, promote.</summary>
internal static class JobCommandEndpoints
{
    private enum CancelField
    {
        Reason,
    }

    private enum RetryField
    {
        Args,
    }

    public static void MapJobCommands(this RouteGroupBuilder api)
    {
        var job = api.MapGroup("/jobs/{id}").WithTags("jobs");
        Describe(job.MapPost("/cancel", CancelAsync)).Accepts<CancelJob>(isOptional: true, "application/json").WithSummary("Ask a job to stop");
        Describe(job.MapPost("/retry", RetryAsync)).Accepts<RetryJob>(isOptional: true, "application/json")
            .WithSummary("Make an ended or retryable job available again, with other arguments if given");
        Describe(job.MapPost("/promote", PromoteAsync)).WithSummary("Make a scheduled or retryable job available now");

        static RouteHandlerBuilder Describe(RouteHandlerBuilder route) => route.Produces<JobCommandReceipt>().ProducesRefusals(400, 404, 409, 503);
    }

    private static async Task<IResult> CancelAsync(string id, HttpContext context, IJobClient jobs)
    {
        var (body, problem) = await BodyParser.ReadAsync(context, ReadCancel, new CancelJob());
        return problem ?? await RunAsync(id, job => jobs.CancelAsync(job, body!.Reason, context.RequestAborted));
    }

    private static async Task<IResult> RetryAsync(string id, HttpContext context, IJobClient jobs)
    {
        var (body, problem) = await BodyParser.ReadAsync(context, ReadRetry, new RetryArgs(null));
        return problem ?? await RunAsync(id, job => jobs.RetryAsync(job, body!.Args, context.RequestAborted));
    }

    private static Task<IResult> PromoteAsync(string id, HttpContext context, IJobClient jobs) =>
        RunAsync(id, job => jobs.PromoteAsync(job, context.RequestAborted));

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

    private static CancelJob ReadCancel(ref BodyReader reader)
    {
        string? reason = null;
        var seen = 0u;
        while (reader.NextField(ref seen, out CancelField _))
            reason = reader.ReadText();
        return new CancelJob(reason);
    }

    private static RetryArgs ReadRetry(ref BodyReader reader)
    {
        RawJson? args = null;
        var seen = 0u;
        while (reader.NextField(ref seen, out RetryField _))
            args = reader.ReadRaw();
        return new RetryArgs(args);
    }

    /// <summary>The body of a retry, its arguments as the bytes they came in.</summary>
    private sealed record RetryArgs(RawJson? Args);
}
