using System.Collections.Concurrent;
using System.Globalization;
using ActorJobs.Client;

namespace ActorJobs.Cluster.Tests.Commands;

/// <summary>A rate over several nodes: no window of one second, wherever it begins, holds more starts. Goes by when attempts have started, as their jobs tell.</summary>
/// <param name="jobs">How many jobs.</param>
/// <param name="rate">How many may start in a second.</param>
/// <param name="isHarsh">Whether a node is killed and another one told to leave meanwhile.</param>
internal sealed class RateRun(int jobs, int rate, bool isHarsh)
{
    private const int Count = 3;
    private const int BatchSize = 100;
    private const string Queue = "limited";

    public async Task RunAsync(Action<string> tell)
    {
        await using var place = await ClusterPlace.PrepareAsync();
        await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => StartNodeAsync(place)));
        await place.UntilSharedAsync();
        foreach (var (batch, turn) in Enumerable.Range(0, jobs).Select(Job).Chunk(BatchSize).Select((batch, turn) => (batch, turn)))
            Assert.Empty((await place.Nodes[turn % Count].Client.SubmitManyAsync(batch)).Errors);

        if (isHarsh)
            await DisturbAsync(place, tell);
        var patience = TimeSpan.FromSeconds((jobs / (double)rate * 2) + 90);
        await place.EventuallyAsync(async () => (await Living(place).Client.GetStatsAsync()).States.GetValueOrDefault("Completed") == jobs, patience, $"{jobs} jobs to complete");
        Tell(tell, await StartsAsync(place));
    }

    private Task<ClusterNodeProcess> StartNodeAsync(ClusterPlace place) =>
        place.StartNodeAsync(string.Create(CultureInfo.InvariantCulture, $"--ActorJobs:Queues:{Queue}:Rate={rate}/s"));

    /// <summary>The node with the queue's arbiter may be among those that go: the limit holds all the same.</summary>
    private async Task DisturbAsync(ClusterPlace place, Action<string> tell)
    {
        await Pause.OfAsync(3);
        await Faults.KillNodeAsync(place, place.Nodes[0]);
        await StartNodeAsync(place);
        tell("a node was killed, and another one has joined");
        await Pause.OfAsync(8);
        await Faults.LeaveAsync(place.Nodes[1]);
        await StartNodeAsync(place);
        tell("a node has left, and another one has joined");
    }

    /// <summary>When each attempt of each job has started, also those that were lost.</summary>
    private async Task<DateTimeOffset[]> StartsAsync(ClusterPlace place)
    {
        var starts = new ConcurrentBag<(DateTimeOffset At, string Node)>();
        await Parallel.ForEachAsync(Enumerable.Range(0, jobs), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, cancellationToken) =>
        {
            foreach (var attempt in (await Living(place).Client.GetJobAsync(Id(number), cancellationToken)).Attempts)
                starts.Add((attempt.StartedAt, attempt.Node));
        });
        Assert.True(starts.Count >= jobs && starts.Select(start => start.Node).Distinct().Count() >= Count, $"{starts.Count} attempts on {starts.Select(start => start.Node).Distinct().Count()} nodes");
        return [.. starts.Select(start => start.At).Order()];
    }

    private void Tell(Action<string> tell, DateTimeOffset[] starts)
    {
        var most = FullestWindow.Of(starts, TimeSpan.FromSeconds(1));
        var took = starts[^1] - starts[0];
        tell(string.Create(
            CultureInfo.InvariantCulture,
            $"{starts.Length} starts over {Count} nodes in {took.TotalSeconds:0.0} s, {(starts.Length - 1) / took.TotalSeconds:0.0} a second; at most {most} in any one-second window, {rate} are allowed"));
        Assert.True(most <= rate, $"{most} starts within a second, {rate} are allowed.");
    }

    private static ClusterNodeProcess Living(ClusterPlace place) => place.Nodes.First(node => node.TakesLoad);

    private static SubmitJob Job(int number) => SubmitJob.Of("builtin.echo", number) with { Id = Id(number), Queue = Queue, MaxAttempts = 100 };

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"limited-{number}");
}
