using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary><c>GET /exports</c>: jobs in the form in which they can be submitted to another store.</summary>
internal static class ExportEndpoints
{
    private const int DefaultPage = 100;
    private const int MaxEvents = 1000; // as many as a history shows at once
    private const int AtOnce = 16; // reads of the store under way: enough to hide its round trips, too few to be a burden

    public static void MapExports(this RouteGroupBuilder api) =>
        api.MapGet("/exports", ExportAsync).WithTags("jobs")
            .WithSummary("Jobs with all that a submit says of them, and what they were; newest first").Produces<JobExportPage>().ProducesRefusals(400);

    private static async Task<IResult> ExportAsync(
        HttpContext context, IJobQueries queries, string? state, string? queue, string? kind, string? tag, string? tenant, string? cursor, string? limit,
        bool? history)
    {
        if (QueryRules.FindUnknown(context.Request.Query, "state", "queue", "kind", "tag", "tenant", "cursor", "limit", "history") is { } unknown)
            return unknown;
        var (page, problem) = await new JobPageRequest(state, queue, kind, tag, tenant, cursor, limit).ReadAsync(queries, DefaultPage, context.RequestAborted);
        if (page is null)
            return problem!;

        var exported = new List<ExportedJob>(page.Items.Count);
        foreach (var some in page.Items.Chunk(AtOnce))
            exported.AddRange((await Task.WhenAll(some.Select(item => ReadAsync(item.Id)))).OfType<ExportedJob>());
        return JsonBody.OfPage(exported, page.Next, ExportWriter.Write);

        // null for one that retention has taken since it was listed
        async Task<ExportedJob?> ReadAsync(JobId id)
        {
            if (await queries.FindWithRequestAsync(id, context.RequestAborted) is not var (job, request))
                return null;
            return new ExportedJob(job, request, history == true ? await queries.HistoryAsync(id, 0, MaxEvents, context.RequestAborted) ?? [] : null);
        }
    }
}

/// <summary>A job to be exported.</summary>
/// <param name="Job">All of it.</param>
/// <param name="Request">What it is made of.</param>
/// <param name="History">Its first events; null when nobody asked.</param>
internal sealed record ExportedJob(JobView Job, JobRequest Request, IReadOnlyList<JobEventView>? History);
