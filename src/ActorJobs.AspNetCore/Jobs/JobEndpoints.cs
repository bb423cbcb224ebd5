using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>Reads about jobs: one, a list, its history, its changes, and why it waits.</summary>
internal static class JobEndpoints
{
    private const int MaxPage = 1000;
    private const int DefaultPage = 50;

    public static void MapJobs(this RouteGroupBuilder api)
    {
        var jobs = api.MapGroup("/jobs").WithTags("jobs");
        jobs.MapGet("", ListAsync).WithSummary("List jobs, newest first").Produces<JobList>().ProducesRefusals(400);
        jobs.MapGet("/{id}", FindAsync).WithSummary("One job").Produces<Job>().ProducesRefusals(404);
        jobs.MapGet("/{id}/events", HistoryAsync).WithSummary("A job's history").Produces<JobHistory>().ProducesRefusals(404);
        jobs.MapGet("/{id}/watch", WatchAsync).WithSummary("A job's changes as server-sent events").ProducesEvents().ProducesRefusals(404, 503);
        jobs.MapGet("/{id}/why", WhyAsync).WithSummary("Why a job does not run").Produces<Why>().ProducesRefusals(404);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, IJobQueries queries, string? state, string? queue, string? kind, string? tag, string? tenant, string? signature, string? cursor,
        string? limit)
    {
        if (QueryRules.FindUnknown(context.Request.Query, "state", "queue", "kind", "tag", "tenant", "signature", "cursor", "limit") is { } unknown)
            return unknown;
        var asked = new JobPageRequest(state, queue, kind, tag, tenant, cursor, limit) { Signature = signature };
        var (page, problem) = await asked.ReadAsync(queries, DefaultPage, context.RequestAborted);
        return page is null ? problem! : JsonBody.OfPage(page.Items, page.Next, JobWriter.WriteSummary);
    }

    private static async Task<IResult> FindAsync(string id, IJobClient jobs, CancellationToken cancellationToken) =>
        JobId.IsValid(id) && await jobs.FindAsync(new JobId(id), cancellationToken) is { } job
            ? JsonBody.Of(job, JobWriter.Write)
            : Problems.NoSuchJob(id);

    private static async Task<IResult> HistoryAsync(
        string id, HttpContext context, IJobQueries queries, string? after, string? limit, CancellationToken cancellationToken)
    {
        if (QueryRules.FindUnknown(context.Request.Query, "after", "limit") is { } unknown)
            return unknown;
        if (!QueryRules.TryReadLimit(limit, MaxPage, MaxPage, out var size, out var problem)
            || !QueryRules.TryReadVersion(after, out var version, out problem))
            return problem!;
        if (!JobId.IsValid(id) || await queries.HistoryAsync(new JobId(id), version, size, cancellationToken) is not { } events)
            return Problems.NoSuchJob(id);
        return JsonBody.Of(events, (writer, items) =>
        {
            writer.WriteStartObject();
            writer.WriteItems("items"u8, items, InspectionWriter.WriteEvent);
            if (items.Count == size)
                writer.WriteNumber("next"u8, items[^1].Version);
            else
                writer.WriteNull("next"u8);
            writer.WriteEndObject();
        });
    }

    private static async Task<IResult> WhyAsync(string id, IJobQueries queries, CancellationToken cancellationToken) =>
        JobId.IsValid(id) && await queries.WhyAsync(new JobId(id), cancellationToken) is { } why
            ? JsonBody.Of(why, InspectionWriter.WriteWhy)
            : Problems.NoSuchJob(id);

    private static async Task<IResult> WatchAsync(HttpContext context, string id, IJobClient jobs)
    {
        if (!JobId.IsValid(id) || await jobs.FindAsync(new JobId(id), context.RequestAborted) is not { } job)
            return Problems.NoSuchJob(id);
        // a browser that comes again after the end is told to stop coming (HTML, server-sent events: 204)
        if (job.State.IsTerminal() && context.Request.Headers["Last-Event-ID"] == JobStream.EndId(job))
            return Results.NoContent();
        return new EventStream<JobView>(cancellation => JobStream.ToTheEnd(jobs.WatchAsync(job.Id, cancellation)), JobStream.ToEvent);
    }
}
