using System.Globalization;
using ActorJobs.TestKit.Redis;

namespace ActorJobs.Cluster.Tests.Chaos;

/// <summary>Redis is several servers, and they change under load: a Sentinel's fail-over, and slots of Redis Cluster that move.</summary>
public sealed class RedisServersTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_Sentinel_fails_over_under_load_and_no_acknowledged_job_is_lost_when_a_replica_has_each()
    {
        await using var primary = await RedisServer.StartAsync();
        await using var replica = await RedisServer.StartAsync(string.Create(CultureInfo.InvariantCulture, $"replicaof 127.0.0.1 {primary.Port}"));
        await replica.UntilAsync(answer => answer.Contains("master_link_status:up", StringComparison.Ordinal), "INFO", "replication");
        await using var sentinel = await RedisServer.StartSentinelAsync("jobs", primary);
        await sentinel.UntilAsync(answer => answer.Contains("slaves=1", StringComparison.Ordinal), "INFO", "sentinel");
        await using var place = await ClusterPlace.StartOverAsync(
            2, $"--ActorJobs:Redis:Connection={sentinel.Address}", "--ActorJobs:Redis:Sentinel=jobs", "--ActorJobs:Redis:Replicas=1", "--ActorJobs:Redis:ReplicaDeadline=PT2S");
        await using var load = Load.Start(place, RunSeed.Value, level: "replicated");
        await Pause.OfAsync(2);

        await primary.KillAsync();
        await replica.UntilAsync(answer => answer.Contains("role:master", StringComparison.Ordinal), "INFO", "replication");
        await primary.RestartAsync(); // and the Sentinel makes it the replica
        await Pause.OfAsync(4);

        await EndAsync(place, load);
        await place.EventuallyAsync(async () => await IsReplicaAsync(primary) != await IsReplicaAsync(replica), TimeSpan.FromSeconds(30), "one server to follow the other");
    }

    [Fact]
    public async Task Slots_of_a_Redis_Cluster_move_under_load()
    {
        await using var servers = await RedisServerCluster.StartAsync();
        await using var place = await ClusterPlace.StartOverAsync(2, $"--ActorJobs:Redis:Connection={servers.Addresses}");
        await using var load = Load.Start(place, RunSeed.Value);
        await Pause.OfAsync(2);

        foreach (var tag in new[] { "{0}", "{7}", "{cluster}", "{23}" })
        {
            var slot = int.Parse(await servers.Servers[0].SayAsync("CLUSTER", "KEYSLOT", tag), CultureInfo.InvariantCulture);
            var before = await servers.OwnerOfAsync(slot);
            await servers.MoveSlotAsync(slot, () => Task.CompletedTask);
            Assert.NotSame(before, await servers.OwnerOfAsync(slot));
            await Pause.OfAsync(1);
        }

        await EndAsync(place, load);
    }

    private static async Task<bool> IsReplicaAsync(RedisServer server) => (await server.SayAsync("INFO", "replication")).Contains("role:slave", StringComparison.Ordinal);

    private async Task EndAsync(ClusterPlace place, Load load)
    {
        await load.StopAsync(atLeast: 300);
        var lost = await new Checker(place, load, $"seed {RunSeed.Value}").CheckAsync();
        output.WriteLine($"seed {RunSeed.Value}: {load.Accepted.Count} accepted, {load.Refusals} batches submitted again, {lost} lost");
        await place.UntilSharedAsync();
    }
}
