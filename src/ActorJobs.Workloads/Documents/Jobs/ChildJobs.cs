using System.Runtime.CompilerServices;

namespace ActorJobs.Workloads.Documents;

/// <summary>Runs children of a job with a bound on how many are in flight.</summary>
internal sealed class ChildJobs(JobContext context, TimeProvider time)
{
    /// <summary>Runs one child to its end.</summary>
    public Task<JobView> RunAsync(string key, JobRequest request) => RunAsync(key, request, context.Cancellation);

    /// <summary>
    /// Runs children and gives them in the order of the requests once ended. As soon as any of those in flight has ended the next is submitted,
    /// but never more than twice the bound ahead of the first that has not: what is given back is a prefix, and so a checkpoint.
    /// </summary>
    public async IAsyncEnumerable<JobView> RunAllAsync(
        IEnumerable<(string Key, JobRequest Request)> requests, int inFlight, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation, cancellationToken);
        var window = new Queue<Task<JobView>>();
        try
        {
            foreach (var (key, request) in requests)
            {
                while (window.Count(child => !child.IsCompleted) >= inFlight)
                    await Task.WhenAny(window.Where(child => !child.IsCompleted));
                window.Enqueue(RunAsync(key, request, stop.Token));
                while (window.Count >= inFlight * 2 || (window.TryPeek(out var first) && first.IsCompleted))
                    yield return await window.Dequeue();
            }

            while (window.TryDequeue(out var child))
                yield return await child;
        }
        finally
        {
            // whoever stops reading after a failure leaves nobody waiting in this job's name; the children themselves go on
            await stop.CancelAsync();
            await ((Task)Task.WhenAll(window)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<JobView> RunAsync(string key, JobRequest request, CancellationToken cancellationToken)
    {
        var id = await SubmitAsync(key, request, cancellationToken);
        return (await context.WaitForAsync([id], cancellationToken))[0];
    }

    private async ValueTask<JobId> SubmitAsync(string key, JobRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = (await context.SubmitChildrenAsync(key, [request], cancellationToken))[0];
            switch (result)
            {
                case SubmitResult.Accepted accepted:
                    return accepted.Id;
                case SubmitResult.QueueFull full:
                    await Task.Delay(full.RetryAfter, time, cancellationToken);
                    break;
                case SubmitResult.Unavailable unavailable:
                    await Task.Delay(unavailable.RetryAfter, time, cancellationToken);
                    break;
                default:
                    throw new PermanentJobException($"The child '{key}' was refused: {result}");
            }
        }
    }
}
