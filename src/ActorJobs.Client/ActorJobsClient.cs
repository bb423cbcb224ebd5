using System.Net.Http.Json;

namespace ActorJobs.Client;

/// <summary>
/// Talks to a node over HTTP. Give it an <see cref="HttpClient"/> whose base address is the node's and ends with a slash, and whose default headers
/// carry the API key (<c>Authorization: Bearer ...</c>) if the node asks for one. Refusals throw <see cref="ActorJobsApiException"/>.
/// </summary>
public sealed partial class ActorJobsClient
{
    private readonly ApiConnection api;

    /// <summary>Uses a client of the caller's.</summary>
    public ActorJobsClient(HttpClient http) => api = new ApiConnection(http);

    /// <summary>Submits a job. The answer comes when the job is durable.</summary>
    /// <param name="job">What to run.</param>
    /// <param name="idempotencyKey">Makes repeating the call harmless: the same key with the same job answers with the job there is.</param>
    /// <param name="cancellationToken">Gives up waiting; the job may have been accepted.</param>
    public Task<SubmitReceipt> SubmitAsync(SubmitJob job, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            HttpMethod.Post, "jobs", JsonContent.Create(job, ContractJson.Default.SubmitJob), ContractJson.Default.SubmitReceipt,
            cancellationToken, idempotencyKey);

    /// <summary>Submits up to 10 000 jobs; each is accepted or refused on its own.</summary>
    public Task<BatchReceipt> SubmitManyAsync(
        IReadOnlyList<SubmitJob> jobs, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            HttpMethod.Post, "jobs/batch", JsonContent.Create(new SubmitBatch(jobs), ContractJson.Default.SubmitBatch),
            ContractJson.Default.BatchReceipt, cancellationToken, idempotencyKey);

    /// <summary>The job as it is now. Throws with status 404 when there is none.</summary>
    public Task<Job> GetJobAsync(string id, CancellationToken cancellationToken = default) =>
        api.GetAsync(JobPath(id), ContractJson.Default.Job, cancellationToken);

    /// <summary>A page of jobs, newest first.</summary>
    public Task<JobList> ListJobsAsync(JobQuery query, CancellationToken cancellationToken = default) =>
        api.GetAsync("jobs" + QueryOf(query), ContractJson.Default.JobList, cancellationToken);

    /// <summary>A page of jobs in the form in which they can be submitted to another store, newest first.</summary>
    /// <param name="query">Which of them; a signature is not looked at. At most 1 000 a page, 100 unless told otherwise.</param>
    /// <param name="history">Whether each brings its events along, the first 1 000.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<JobExportPage> ExportJobsAsync(JobQuery query, bool history = false, CancellationToken cancellationToken = default)
    {
        var text = QueryOf(query with { Signature = null });
        return api.GetAsync($"exports{(text.Length == 0 ? "?" : text + "&")}history={(history ? "true" : "false")}", ContractJson.Default.JobExportPage, cancellationToken);
    }

    /// <summary>The job's events after version <paramref name="after"/>, oldest first.</summary>
    public Task<JobHistory> GetJobEventsAsync(string id, long after = 0, CancellationToken cancellationToken = default) =>
        api.GetAsync($"{JobPath(id)}/events?after={after}", ContractJson.Default.JobHistory, cancellationToken);

    /// <summary>Why the job does not run, or what it does.</summary>
    public Task<Why> WhyAsync(string id, CancellationToken cancellationToken = default) =>
        api.GetAsync($"{JobPath(id)}/why", ContractJson.Default.Why, cancellationToken);

    /// <summary>Asks the job to stop.</summary>
    public Task<JobCommandReceipt> CancelAsync(string id, string? reason = null, CancellationToken cancellationToken = default) =>
        api.PostAsync(
            $"{JobPath(id)}/cancel", JsonContent.Create(new CancelJob(reason), ContractJson.Default.CancelJob),
            ContractJson.Default.JobCommandReceipt, cancellationToken);

    /// <summary>Makes an ended job that did not complete, or one that waits for its retry, available again, with other arguments if given.</summary>
    public Task<JobCommandReceipt> RetryAsync(
        string id, System.Text.Json.JsonElement? args = null, CancellationToken cancellationToken = default) =>
        api.PostAsync(
            $"{JobPath(id)}/retry", JsonContent.Create(new RetryJob(args), ContractJson.Default.RetryJob),
            ContractJson.Default.JobCommandReceipt, cancellationToken);

    /// <summary>Makes a scheduled or retryable job available now.</summary>
    public Task<JobCommandReceipt> PromoteAsync(string id, CancellationToken cancellationToken = default) =>
        api.PostAsync($"{JobPath(id)}/promote", null, ContractJson.Default.JobCommandReceipt, cancellationToken);

    /// <summary>The job's changes as they happen, beginning with how it is now, ending after its end.</summary>
    public IAsyncEnumerable<Job> WatchJobAsync(string id, CancellationToken cancellationToken = default) =>
        api.StreamAsync($"{JobPath(id)}/watch", "job", ContractJson.Default.Job, cancellationToken);

    private static string JobPath(string id) => $"jobs/{Uri.EscapeDataString(id)}";

    private static string QueryOf(JobQuery query)
    {
        (string Name, string? Value)[] parameters =
        [
            ("state", query.State), ("queue", query.Queue), ("kind", query.Kind), ("tag", query.Tag),
            ("tenant", query.Tenant), ("signature", query.Signature), ("cursor", query.Cursor), ("limit", query.Limit?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ];
        var set = parameters.Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}")
            .ToArray();
        return set.Length == 0 ? "" : "?" + string.Join('&', set);
    }
}
