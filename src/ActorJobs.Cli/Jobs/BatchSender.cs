using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>
/// Submits a batch of jobs that have ids until each is accepted or refused for good: jobs refused because a queue is full are sent again when there may be
/// room, a whole batch that the node has no memory for at the moment after the time it gave, and a request whose answer got lost at once, for the ids make
/// that harmless.
/// </summary>
internal sealed class BatchSender(NodeApi node, TimeSpan patience, TimeProvider time)
{
    private const int MaxLost = 5;
    private const int MaxBody = 24 << 20; // a node takes 32 MiB

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<BatchOutcome> SendAsync(IReadOnlyList<SubmitJob> jobs, CancellationToken cancellationToken)
    {
        var refused = new List<(int Index, Problem Problem)>();
        var pending = Enumerable.Range(0, jobs.Count).ToArray();
        var began = time.GetTimestamp();
        var (existing, lost) = (0, 0);
        while (pending.Length > 0)
        {
            try
            {
                var receipt = await SendOnceAsync([.. pending.Select(index => jobs[index])], cancellationToken);
                lost = 0;
                existing += receipt.Existing?.Count ?? 0; // a node of an older version does not say
                var busy = receipt.Errors.Where(error => IsBusy(error.Problem) && time.GetElapsedTime(began) < patience).ToArray();
                refused.AddRange(receipt.Errors.Except(busy).Select(error => (pending[error.Index], error.Problem)));
                pending = [.. busy.Select(error => pending[error.Index])];
                if (pending.Length > 0)
                    await Task.Delay(Pause, time, cancellationToken);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutException && ++lost < MaxLost)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }

        return new BatchOutcome(jobs.Count - refused.Count, existing, refused);
    }

    // what the node takes as a whole or not at all goes in two, down to the job that it does not take
    private async Task<BatchReceipt> SendOnceAsync(IReadOnlyList<SubmitJob> jobs, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new SubmitBatch(jobs), ContractJson.Default.SubmitBatch);
        if (body.Length > MaxBody && jobs.Count > 1)
            return await SendHalvesAsync(jobs, cancellationToken);
        try
        {
            return await PostAsync(body, cancellationToken);
        }
        catch (ActorJobsApiException refusal) when (refusal is { Status: HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, Problem: not null })
        {
            return jobs.Count > 1 ? await SendHalvesAsync(jobs, cancellationToken) : new BatchReceipt(0, [], [new BatchError(0, refusal.Problem)]);
        }
    }

    private async Task<BatchReceipt> SendHalvesAsync(IReadOnlyList<SubmitJob> jobs, CancellationToken cancellationToken)
    {
        var half = jobs.Count / 2;
        var (first, second) = (await SendOnceAsync([.. jobs.Take(half)], cancellationToken), await SendOnceAsync([.. jobs.Skip(half)], cancellationToken));
        return new BatchReceipt(
            first.Accepted + second.Accepted, [.. first.Ids, .. second.Ids], [.. first.Errors, .. second.Errors.Select(error => error with { Index = error.Index + half })])
        {
            Existing = [.. first.Existing ?? [], .. second.Existing ?? []],
        };
    }

    // read by hand: when no job at all is accepted the answer is a problem, and which job had which is beside it
    private async Task<BatchReceipt> PostAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/jobs/batch") { Content = content };
        request.Options.Set(RetryAfterHandler.IsRepeatable, true);
        using var response = await node.Http.SendAsync(request, cancellationToken);
        var isJson = response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json";
        var answer = isJson ? await response.Content.ReadFromJsonAsync(CliJson.Default.JsonElement, cancellationToken) : default;
        if (response.IsSuccessStatusCode || Grid.At(answer, "errors") is { ValueKind: JsonValueKind.Array })
            return answer.Deserialize(ContractJson.Default.BatchReceipt) ?? throw new JsonException("The receipt of a batch is null.");
        throw new ActorJobsApiException(
            response.StatusCode, isJson ? answer.Deserialize(ContractJson.Default.Problem) : null, response.Headers.RetryAfter?.Delta);
    }

    private static bool IsBusy(Problem problem) => problem.Status is (int)HttpStatusCode.TooManyRequests or (int)HttpStatusCode.ServiceUnavailable;
}

/// <summary>What became of a batch.</summary>
/// <param name="Accepted">How many are stored.</param>
/// <param name="Existing">How many of these were stored before.</param>
/// <param name="Refused">Which are not, by their place, and why.</param>
internal sealed record BatchOutcome(int Accepted, int Existing, IReadOnlyList<(int Index, Problem Problem)> Refused);
