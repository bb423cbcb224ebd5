using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary><c>GET /exports</c>: jobs in the form in which they can be submitted to another store.</summary>
internal static class ExportEndpoints
{
    private const int MaxPage = 1000;
    private const int DefaultPage = 100;
    private const int MaxEvents = 1000; // as many as a history shows at once
    private const int AtOnce = 16; // reads of the store under way: enough to hide its round trips, too few to be a burden

    public static void MapExports(this RouteGroupBuilder api) =>
        api.MapGet("/exports", ExportAsync).WithTags("jobs")
            .WithSummary("Jobs with all that a submit says of them, and what they were; newest first").Produces<JobExportPage>().ProducesRefusals(400);

    private static async Task<IResult> ExportAsync(
        HttpContext context, IJobQueries queries, IJobClient jobs, string? state, string? queue, string? kind, string? tag, string? tenant, string? cursor, string? limit,
        bool? history)
    {
        if (QueryRules.FindUnknown(context.Request.Query, "state", "queue", "kind", "tag", "tenant", "cursor", "limit", "history") is { } unknown)
            return unknown;
        if (!QueryRules.TryReadState(state, out var status, out var problem) || !QueryRules.TryReadLimit(limit, DefaultPage, MaxPage, out var size, out problem))
            return problem!;
        JobPage page;
        try
        {
            page = await queries.ListAsync(new JobFilter(status, OrNull(queue), OrNull(kind), OrNull(tag), OrNull(tenant)), OrNull(cursor), size, context.RequestAborted);
        }
        catch (FormatException)
        {
            return Problems.InvalidCursor();
        }

        var exported = new List<ExportedJob>(page.Items.Count);
        foreach (var some in page.Items.Chunk(AtOnce))
            exported.AddRange((await Task.WhenAll(some.Select(item => ReadAsync(item.Id)))).OfType<ExportedJob>());
        return JsonBody.Of((exported, page.Next), static (writer, page) =>
        {
            writer.WriteStartObject();
            writer.WriteItems("items"u8, page.exported, ExportWriter.Write);
            writer.WriteString("next"u8, page.Next);
            writer.WriteEndObject();
        });

        // null for one that retention has taken since it was listed
        async Task<ExportedJob?> ReadAsync(JobId id)
        {
            if (await jobs.FindAsync(id, context.RequestAborted) is not { } job)
                return null;
            return new ExportedJob(job, history == true ? await queries.HistoryAsync(id, 0, MaxEvents, context.RequestAborted) ?? [] : null);
        }
    }

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>A job to be exported.</summary>
/// <param name="Job">All of it.</param>
/// <param name="History">Its first events; null when nobody asked.</param>
internal sealed record ExportedJob(JobView Job, IReadOnlyList<JobEventView>? History);
