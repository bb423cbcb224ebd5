using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>
/// Submits a batch of jobs that have ids until each is accepted or refused for good: jobs refused because a queue is full are sent again when there may be
/// room, and a request whose answer got lost is sent again at once, for the ids make that harmless.
/// </summary>
internal sealed class BatchSender(NodeApi node, TimeSpan patience, TimeProvider time)
{
    private const int MaxLost = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<BatchOutcome> SendAsync(IReadOnlyList<SubmitJob> jobs, CancellationToken cancellationToken)
    {
        var refused = new List<(int Index, Problem Problem)>();
        var pending = Enumerable.Range(0, jobs.Count).ToArray();
        var began = time.GetTimestamp();
        var lost = 0;
        while (pending.Length > 0)
        {
            try
            {
                var errors = await SendOnceAsync([.. pending.Select(index => jobs[index])], cancellationToken);
                lost = 0;
                var busy = errors.Where(error => IsBusy(error.Problem) && time.GetElapsedTime(began) < patience).ToArray();
                refused.AddRange(errors.Except(busy).Select(error => (pending[error.Index], error.Problem)));
                pending = [.. busy.Select(error => pending[error.Index])];
                if (pending.Length > 0)
                    await Task.Delay(Pause, time, cancellationToken);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutException && ++lost < MaxLost)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }

        return new BatchOutcome(jobs.Count - refused.Count, refused);
    }

    // read by hand: when no job at all is accepted the answer is a problem, and which job had which is beside it
    private async Task<IReadOnlyList<BatchError>> SendOnceAsync(IReadOnlyList<SubmitJob> jobs, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new SubmitBatch(jobs), ContractJson.Default.SubmitBatch));
        content.Headers.ContentType = new("application/json");
        using var response = await node.Http.PostAsync("api/v1/jobs/batch", content, cancellationToken);
        var isJson = response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json";
        var answer = isJson ? await response.Content.ReadFromJsonAsync(CliJson.Default.JsonElement, cancellationToken) : default;
        if (Grid.At(answer, "errors") is { ValueKind: JsonValueKind.Array } errors)
            return errors.Deserialize(ContractJson.Default.IReadOnlyListBatchError)!;
        if (response.IsSuccessStatusCode)
            return [];
        throw new ActorJobsApiException(
            response.StatusCode, isJson ? answer.Deserialize(ContractJson.Default.Problem) : null, response.Headers.RetryAfter?.Delta);
    }

    private static bool IsBusy(Problem problem) => problem.Status is (int)HttpStatusCode.TooManyRequests or (int)HttpStatusCode.ServiceUnavailable;
}

/// <summary>What became of a batch.</summary>
/// <param name="Accepted">How many are stored.</param>
/// <param name="Refused">Which are not, by their place, and why.</param>
internal sealed record BatchOutcome(int Accepted, IReadOnlyList<(int Index, Problem Problem)> Refused);
