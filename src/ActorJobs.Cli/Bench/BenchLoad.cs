using System.Collections.Concurrent;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>Puts a benchmark's jobs on the node.</summary>
internal sealed class BenchLoad(Scope scope, BenchPlan plan)
{
    // long enough to be counted, short enough that a benchmark leaves nothing behind
    private static readonly TimeSpan Retention = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    private readonly JsonElement args = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["text"] = new('x', plan.Payload) }, CliJson.Default.DictionaryStringString);
    private readonly ConcurrentBag<double> requests = [];

    /// <summary>How long each request took, in milliseconds.</summary>
    public IReadOnlyCollection<double> Requests => requests;

    /// <summary>Submits all of them.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> RunAsync(Action<long> report, CancellationToken cancellationToken)
    {
        var began = scope.Host.Time.GetTimestamp();
        if (plan.OneByOne)
            for (var number = 0; number < plan.Jobs; number++)
            {
                await SubmitAsync([JobOf(number)], cancellationToken);
                await EndAsync(plan.IdOf(number), cancellationToken);
                report(1);
            }
        else
            await Parallel.ForEachAsync(
                Enumerable.Range(0, plan.Jobs).Chunk(plan.Batch), new ParallelOptions { MaxDegreeOfParallelism = plan.Connections, CancellationToken = cancellationToken },
                async (numbers, cancellation) =>
                {
                    await SubmitAsync([.. numbers.Select(JobOf)], cancellation);
                    report(numbers.Length);
                });
        return scope.Host.Time.GetElapsedTime(began);
    }

    private async Task SubmitAsync(IReadOnlyList<SubmitJob> jobs, CancellationToken cancellationToken)
    {
        var began = scope.Host.Time.GetTimestamp();
        if (jobs is [var single])
        {
            await scope.Node.Client.SubmitAsync(single, null, cancellationToken);
        }
        else
        {
            var outcome = await new BatchSender(scope.Node, scope.Connection.Patience, scope.Host.Time).SendAsync(jobs, cancellationToken);
            if (outcome.Refused is [var (_, problem), ..])
                throw new ActorJobsApiException((System.Net.HttpStatusCode)problem.Status, problem, null);
        }

        requests.Add(scope.Host.Time.GetElapsedTime(began).TotalMilliseconds);
    }

    private async Task EndAsync(string id, CancellationToken cancellationToken)
    {
        while (!(await scope.Node.Client.GetJobAsync(id, cancellationToken)).HasEnded())
            await Task.Delay(Look, scope.Host.Time, cancellationToken);
    }

    private SubmitJob JobOf(int number) => new() { Kind = plan.Kind, Args = args, Id = plan.IdOf(number), Queue = plan.Queue, Retention = Retention };
}
