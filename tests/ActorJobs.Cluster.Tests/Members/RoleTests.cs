using System.Net;
using ActorJobs.Client;

namespace ActorJobs.Cluster.Tests.Members;

/// <summary>Nodes with one role each are a cluster together, and each does what its role is and nothing else.</summary>
public sealed class RoleTests
{
    private static readonly string[] HeavyPool = ["--ActorJobs:Pools:heavy:Queues:0=heavy", "--ActorJobs:Pools:heavy:Size=2"];

    [Fact]
    public async Task A_front_a_host_and_two_workers_each_do_their_part()
    {
        await using var place = await ClusterPlace.PrepareAsync();
        var host = await StartAsync(place, "host");
        var front = await StartAsync(place, "front");
        var light = await StartAsync(place, "work", "--ActorJobs:Node:Pools:0=default");
        var heavy = await StartAsync(place, "work", "--ActorJobs:Node:Pools:0=heavy");
        await place.EventuallyAsync(
            async () => (await front.Client.ListNodesAsync()).Items.Count == 4 && (await front.Client.ListShardsAsync()).Items.All(shard => shard.Owner is not null),
            TimeSpan.FromSeconds(20), "four nodes and an owner for every shard");
        var nodes = (await front.Client.ListNodesAsync()).Items.ToDictionary(node => string.Join(' ', [.. node.Roles, .. node.Pools!.Select(pool => pool.Name).Where(IsOfTheTest)]));
        Assert.Equal(["front", "host", "work default", "work heavy"], nodes.Keys.Order(StringComparer.Ordinal));

        Assert.Equal([nodes["host"].Name], (await front.Client.ListShardsAsync()).Items.Select(shard => shard.Owner).Distinct());
        Assert.Equal(nodes["work default"].Name, await RanAtAsync(front, SubmitJob.Of("builtin.echo", 1)));
        Assert.Equal(nodes["work heavy"].Name, await RanAtAsync(front, SubmitJob.Of("builtin.echo", 2) with { Queue = "heavy" }));

        foreach (var closed in new[] { host, light, heavy })
        {
            var refusal = await Assert.ThrowsAsync<ActorJobsApiException>(() => closed.Client.GetStatsAsync());
            Assert.Equal((HttpStatusCode.MisdirectedRequest, "not-a-front"), (refusal.Status, refusal.Problem?.Code));
            using var http = new HttpClient { BaseAddress = await closed.Process.ReadyAsync() };
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("health/ready")).StatusCode);
        }
    }

    [Fact]
    public async Task A_job_whose_pool_no_node_runs_waits_until_one_does()
    {
        await using var place = await ClusterPlace.PrepareAsync();
        var node = await place.StartNodeAsync([.. HeavyPool, "--ActorJobs:Node:Pools:0=default"]);
        await place.UntilSharedAsync();
        var id = (await node.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1) with { Queue = "heavy" })).Id;
        Assert.Equal("Completed", (await EndedAsync(node, (await node.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 2))).Id)).State);
        Assert.Equal("Available", (await node.Client.GetJobAsync(id)).State);

        await place.StartNodeAsync([.. HeavyPool, "--ActorJobs:Node:Pools:0=heavy"]);

        Assert.Equal("Completed", (await EndedAsync(node, id)).State);
    }

    private static Task<ClusterNodeProcess> StartAsync(ClusterPlace place, string role, params string[] more) =>
        place.StartNodeAsync([.. HeavyPool, $"--ActorJobs:Node:Roles:0={role}", .. more]);

    private static bool IsOfTheTest(string pool) => pool is "default" or "heavy";

    private static async Task<string> RanAtAsync(ClusterNodeProcess front, SubmitJob job)
    {
        var ended = await EndedAsync(front, (await front.Client.SubmitAsync(job)).Id);
        Assert.Equal("Completed", ended.State);
        return Assert.Single(ended.Attempts).Node;
    }

    private static async Task<Job> EndedAsync(ClusterNodeProcess node, string id)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Job? last = null;
        await foreach (var seen in node.Client.WatchJobAsync(id, deadline.Token))
            last = seen;
        return last!;
    }
}
