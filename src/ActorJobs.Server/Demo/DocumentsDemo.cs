using System.Globalization;
using ActorJobs.Client;

namespace ActorJobs.Server;

/// <summary>
/// Embeds and indexes the reference documentation beside the SDK through durable jobs, of which a bounded number is under way at a time, and answers
/// searches from it.
/// </summary>
internal sealed class DocumentsDemo(DemoApi api, Action<double, string> progress)
{
    private const string Index = "dotnet";
    private const string EmbedKind = "documents.embed";
    private const int PageSize = 1000;

    private static readonly (string Query, string Title)[] Searches =
    [
        ("read all lines of a text file", "File.ReadAllLines"),
        ("wait until all tasks have completed", "Task.WhenAll"),
        ("compute the SHA-256 hash of a stream", "SHA256.HashData"),
        ("parse a JSON document from text", "JsonDocument.Parse"),
    ];

    public async Task<IReadOnlyList<DemoCheck>> RunAsync(CancellationToken cancellationToken)
    {
        await api.SendAsync(HttpMethod.Put, $"api/v1/indexes/{Index}", new { source = "dotnet" }, cancellationToken);
        var accepted = await api.SendAsync(HttpMethod.Post, $"api/v1/indexes/{Index}/rebuild", null, cancellationToken);
        var rebuild = await WatchAsync(accepted.GetProperty("id").GetString()!, cancellationToken);
        if (rebuild.State != nameof(JobStatus.Completed))
            throw new InvalidOperationException($"the rebuild ended as {rebuild.State}: {rebuild.Error?.Message}");

        var (slices, embedded) = await EmbeddedAsync(cancellationToken);
        var served = (await api.GetAsync($"api/v1/indexes/{Index}", cancellationToken)).GetProperty("served");
        var documents = served.GetProperty("documents").GetInt64();
        var searches = new List<DemoCheck>();
        foreach (var (query, title) in Searches)
        {
            var hit = await SearchAsync(query, title, cancellationToken);
            searches.Add(new($"  \"{query}\" finds {hit ?? title}", 1, hit is null ? 0 : 1));
        }

        progress(1, string.Create(CultureInfo.InvariantCulture, $"{documents:N0} documents, {served.GetProperty("passages").GetInt64():N0} passages"));
        return
        [
            new("slices of the .NET reference embedded, a job each", rebuild.Result!.Value.GetProperty("embedded").GetInt64(), slices),
            new("documents embedded by these jobs, and served", embedded, documents, documents > 0),
            .. searches,
        ];
    }

    private async Task<Job> WatchAsync(string id, CancellationToken cancellationToken)
    {
        await foreach (var job in api.Jobs.WatchJobAsync(id, cancellationToken))
            progress(job.Progress?.Fraction ?? 0, job.Progress?.Message ?? job.State);
        return await api.Jobs.GetJobAsync(id, cancellationToken);
    }

    /// <summary>Counts by the jobs' own results, page by page.</summary>
    private async Task<(long Jobs, long Documents)> EmbeddedAsync(CancellationToken cancellationToken)
    {
        var (jobs, documents) = (0L, 0L);
        for (string? cursor = null; ;)
        {
            var page = await api.Jobs.ListJobsAsync(
                new JobQuery { Kind = EmbedKind, State = nameof(JobStatus.Completed), Cursor = cursor, Limit = PageSize }, cancellationToken);
            jobs += page.Items.Count;
            foreach (var item in page.Items)
                documents += (await api.Jobs.GetJobAsync(item.Id, cancellationToken)).Result!.Value.GetProperty("documents").GetInt64();
            if ((cursor = page.Next) is null)
                return (jobs, documents);
        }
    }

    private async Task<string?> SearchAsync(string query, string title, CancellationToken cancellationToken)
    {
        var answer = await api.GetAsync($"api/v1/indexes/{Index}/search?k=10&q={Uri.EscapeDataString(query)}", cancellationToken);
        return answer.GetProperty("hits").EnumerateArray()
            .Select(hit => hit.GetProperty("title").GetString())
            .FirstOrDefault(hit => hit?.Contains(title, StringComparison.Ordinal) is true);
    }
}
