using System.Globalization;
using ActorJobs.Client;

namespace ActorJobs.Cluster.Tests.Commands;

/// <summary>Many jobs wait; all nodes are killed and started anew. Measures the time until everything is there again, and what a waiting job costs in memory.</summary>
/// <param name="jobs">How many wait.</param>
/// <param name="count">How many nodes.</param>
internal sealed class ScaleRun(int jobs, int count)
{
    private const string Queue = "waiting";
    private const int BatchSize = 1_000;
    private static readonly string Argument = new('x', 198); // 200 bytes with its quotes

    public async Task RunAsync(Action<string> tell)
    {
        await using var place = await ClusterPlace.PrepareAsync();
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => place.StartNodeAsync()));
        await place.UntilSharedAsync();
        var first = place.Nodes[0].Client;
        await first.PauseQueueAsync(Queue);
        var (redisBefore, nodesBefore) = (await RedisBytesAsync(place), NodeBytes(place));

        var began = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, (jobs + BatchSize - 1) / BatchSize), new ParallelOptions { MaxDegreeOfParallelism = 2 * count }, async (batch, cancellationToken) =>
        {
            var receipt = await place.Nodes[batch % count].Client.SubmitManyAsync(
                [.. Enumerable.Range(0, Math.Min(BatchSize, jobs - (batch * BatchSize))).Select(_ => SubmitJob.Of("builtin.echo", Argument) with { Queue = Queue })], cancellationToken: cancellationToken);
            Assert.Empty(receipt.Errors);
        });
        var took = TimeProvider.System.GetElapsedTime(began);
        tell(string.Create(CultureInfo.InvariantCulture, $"{jobs} jobs submitted through {count} nodes in {took.TotalSeconds:0.0} s, {jobs / took.TotalSeconds:0} a second"));
        tell($"Redis: {(await RedisBytesAsync(place) - redisBefore) / jobs} bytes a job; nodes: {(NodeBytes(place) - nodesBefore) / jobs} bytes a job, all of them together");

        foreach (var node in place.Nodes)
        {
            node.TakesLoad = false;
            await node.Process.KillAsync();
        }

        began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => place.StartNodeAsync()));
        var ready = TimeProvider.System.GetElapsedTime(began);
        await place.UntilSharedAsync();
        var owned = TimeProvider.System.GetElapsedTime(began);
        var witness = place.Nodes[^1].Client;
        var states = (await witness.GetStatsAsync()).States;
        var counted = states.GetValueOrDefault("Available");
        Assert.True(counted == jobs, $"{jobs} should wait, but there are {string.Join(", ", states.Select(state => $"{state.Value} {state.Key}"))}");
        await witness.ResumeQueueAsync(Queue);
        await place.EventuallyAsync(async () => (await witness.GetStatsAsync()).States.GetValueOrDefault("Completed") > 0, TimeSpan.FromMinutes(1), "the first job to complete");
        var running = TimeProvider.System.GetElapsedTime(began);
        tell(string.Create(
            CultureInfo.InvariantCulture,
            $"all nodes killed and started anew: ready after {ready.TotalSeconds:0.0} s, every shard owned and all {counted} jobs counted after {owned.TotalSeconds:0.0} s, jobs complete after {running.TotalSeconds:0.0} s"));
        tell($"nodes after the restart: {NodeBytes(place) / count / (1 << 20)} MB resident each; Redis {await RedisBytesAsync(place) / (1 << 20)} MB");
    }

    private static async Task<long> RedisBytesAsync(ClusterPlace place) => long.Parse(
        (await place.Redis.SayAsync("INFO", "memory")).Split('\n').Single(line => line.StartsWith("used_memory:", StringComparison.Ordinal)).Split(':')[1], CultureInfo.InvariantCulture);

    private static long NodeBytes(ClusterPlace place) => place.Nodes.Where(node => node.TakesLoad).Sum(node => node.Process.ResidentBytes);
}
