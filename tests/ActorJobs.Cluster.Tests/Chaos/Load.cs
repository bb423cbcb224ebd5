using System.Collections.Concurrent;
using System.Globalization;
using ActorJobs.Client;

namespace ActorJobs.Cluster.Tests;

/// <summary>
/// A steady mixed load through all nodes, drawn from a seed. What a node does not answer for is submitted again with the same ids through the next
/// one: what counts as accepted has been acknowledged.
/// </summary>
internal sealed class Load(ClusterPlace place, int seed, string level) : IAsyncDisposable
{
    private const int BatchSize = 20;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);
    private static readonly BackoffRule Soon = new() { Type = "fixed", Delay = TimeSpan.FromMilliseconds(50) };

    private readonly ConcurrentDictionary<string, int> accepted = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource end = new();
    private readonly List<Task> senders = [];
    private int batches;
    private int refusals;

    /// <summary>The acknowledged jobs: which number each was.</summary>
    public IReadOnlyDictionary<string, int> Accepted => accepted;

    /// <summary>How often a batch had to be submitted again.</summary>
    public int Refusals => Volatile.Read(ref refusals);

    /// <summary>Begins to send.</summary>
    /// <param name="place">The cluster.</param>
    /// <param name="seed">What the jobs are drawn from.</param>
    /// <param name="level">How a receipt's durability has to begin for its jobs to count as acknowledged; others are submitted again.</param>
    public static Load Start(ClusterPlace place, int seed, string level = "")
    {
        var load = new Load(place, seed, level);
        for (var sender = 0; sender < 2; sender++)
        {
            var first = sender;
            load.senders.Add(Task.Run(() => load.SendAsync(first)));
        }

        return load;
    }

    /// <summary>Ends the load once so many jobs are accepted, for slow machines need longer for one that says something. What is under way is still brought in.</summary>
    public async Task StopAsync(int atLeast = 0)
    {
        await place.EventuallyAsync(() => Task.FromResult(accepted.Count >= atLeast), TimeSpan.FromSeconds(60), $"{atLeast} jobs to be accepted");
        await end.CancelAsync();
        await Task.WhenAll(senders).WaitAsync(TimeSpan.FromMinutes(1));
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        end.Dispose();
    }

    private async Task SendAsync(int sender)
    {
        using var clock = new PeriodicTimer(Pace);
        while (!end.IsCancellationRequested)
        {
            var batch = Interlocked.Increment(ref batches);
            int[] numbers = [.. Enumerable.Range(batch * BatchSize, BatchSize)];
            for (var tries = 0; !await TrySendAsync(numbers, batch + sender + tries); tries++)
            {
                Interlocked.Increment(ref refusals);
                if (tries > 600)
                    throw new InvalidOperationException($"Batch {batch} is refused for ever.");
                await clock.WaitForNextTickAsync();
            }

            await clock.WaitForNextTickAsync();
        }
    }

    private async Task<bool> TrySendAsync(int[] numbers, int turn)
    {
        var nodes = place.Nodes.ToArray().Where(node => node.TakesLoad).ToArray();
        try
        {
            var receipt = await nodes[turn % nodes.Length].Client.SubmitManyAsync([.. numbers.Select(Job)]);
            if (receipt.Durability?.StartsWith(level, StringComparison.Ordinal) != true)
                return false;
            foreach (var id in receipt.Ids)
                accepted[id] = int.Parse(id.AsSpan("load-".Length), CultureInfo.InvariantCulture);
            return receipt.Errors.Count == 0;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or ActorJobsApiException)
        {
            return false; // accepted or not, nobody knows
        }
    }

    private SubmitJob Job(int number)
    {
        var draw = new Random(unchecked((seed * 397) ^ number)).Next(100);
        var job = draw < 70 ? SubmitJob.Of("builtin.echo", new { number })
            : draw < 90 ? SubmitJob.Of("builtin.sleep", new { ms = draw })
            : SubmitJob.Of("builtin.fail", new { times = 1, message = "at first" });
        return job with { Id = string.Create(CultureInfo.InvariantCulture, $"load-{number}"), MaxAttempts = 20, Backoff = Soon };
    }
}
