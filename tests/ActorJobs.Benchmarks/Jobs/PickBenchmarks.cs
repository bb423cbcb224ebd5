using System.Globalization;
using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;
using ActorJobs.Queues;
using BenchmarkDotNet.Attributes;

namespace ActorJobs.Benchmarks.Jobs;

/// <summary>Jobs come into a queue and go out in their order; with tenants in fair turns.</summary>
public class PickBenchmarks
{
    private const int Shards = 64;
    private const int Jobs = 4096;

    private readonly (EntityKey Key, int Shard)[] jobs = [.. Enumerable.Range(0, Jobs).Select(JobOf)];
    private QueueWindow queue = null!;

    [Params(0, 100)]
    public int Tenants { get; set; }

    [GlobalSetup]
    public void Make()
    {
        var owned = new bool[Shards];
        Array.Fill(owned, true);
        queue = new QueueWindow(owned);
    }

    [Benchmark(OperationsPerInvoke = Jobs)]
    public int PutPick()
    {
        var level = queue.Level(5, isEmpty: true);
        for (var number = 0; number < Jobs; number++)
            level.Put(jobs[number].Shard, jobs[number].Key, number, ValueOf(number));
        var picked = 0;
        while (queue.Next(SampleJob.Now) is { } pick)
        {
            queue.Take(pick);
            picked++;
        }

        return picked == Jobs ? picked : throw new InvalidOperationException($"{picked} of {Jobs} jobs came out.");
    }

    private string? ValueOf(int number) =>
        Tenants == 0 ? null : JobIndex.ValueOf(SampleJob.Queued, SampleJob.Submit.Spec with { Tenant = string.Create(CultureInfo.InvariantCulture, $"tenant-{number % Tenants}") });

    private static (EntityKey, int) JobOf(int number)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"019b2c8e-7d3a-7c11-9c5e-{number:x12}");
        return (new EntityKey(JobEntity.Kind, id), ShardHash.Of(id, Shards));
    }
}
