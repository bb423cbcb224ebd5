using System.Globalization;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;
using BenchmarkDotNet.Attributes;

namespace ActorJobs.Benchmarks.Stores;

/// <summary>Groups of commits on the bare store: four for each group of jobs, over all shards. The time is that of one job, all four writes.</summary>
public class CommitBenchmarks
{
    private const int Shards = 64;
    private const int Jobs = 512;

    private readonly List<EntityWrite[]> groups = [];
    private BenchStore place = null!;

    [Params("memory", "sqlite", "redis")]
    public string Store { get; set; } = "";

    [Params(1, 64, 512)]
    public int Group { get; set; }

    [GlobalSetup]
    public async Task OpenAsync()
    {
        place = await BenchStore.OpenAsync(Store, Shards);
        var epochs = new long[Shards];
        for (var shard = 0; shard < Shards; shard++)
            epochs[shard] = await place.Store.AcquireShardAsync(shard, "bench", default);
        foreach (var jobs in Enumerable.Range(0, Jobs).Select(WritesOf).Chunk(Group))
        {
            groups.Add([.. jobs.Select(job => job.Submit)]);
            groups.Add([.. jobs.Select(job => job.Claim)]);
            groups.Add([.. jobs.Select(job => job.Complete)]);
            groups.Add([.. jobs.Select(job => job.Delete)]);
        }

        JobWrites WritesOf(int number)
        {
            var key = new EntityKey(JobEntity.Kind, string.Create(CultureInfo.InvariantCulture, $"019b2c8e-7d3a-7c11-9c5e-{number:x12}"));
            var shard = ShardHash.Of(key.Id, Shards);
            return JobWrites.Of(key, shard, epochs[shard]);
        }
    }

    [GlobalCleanup]
    public async Task CloseAsync() => await place.DisposeAsync();

    [Benchmark(OperationsPerInvoke = Jobs)]
    public async Task CommitJobs()
    {
        foreach (var group in groups)
        {
            var results = await place.Store.WriteAsync(group, default);
            for (var i = 0; i < results.Count; i++)
            {
                if (results[i].Status != WriteStatus.Written)
                    throw new InvalidOperationException($"{group[i].Key} was not written: {results[i].Status}.");
            }
        }
    }
}
