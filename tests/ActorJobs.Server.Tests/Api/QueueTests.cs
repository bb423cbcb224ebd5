using System.Net;
using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Api;

public sealed class QueueTests
{
    [Fact]
    public async Task Queues_are_paused_drained_and_resumed()
    {
        await using var host = await FrontDoorHost.StartAsync();

        Assert.True((await host.Client.PauseQueueAsync("default")).Paused);
        Assert.True((await host.Client.DrainQueueAsync("default")).Draining);
        var resumed = await host.Client.ResumeQueueAsync("default");

        Assert.Equal((false, false), (resumed.Paused, resumed.Draining));
        Assert.Equal(TimeSpan.FromSeconds(90), Assert.Single((await host.Client.ListQueuesAsync()).Items).OldestAge);
    }

    [Fact]
    public async Task A_queue_can_be_steered_before_its_first_job()
    {
        await using var host = await FrontDoorHost.StartAsync();

        await host.Client.PauseQueueAsync("later");

        Assert.True((await host.Client.GetQueueAsync("later")).Paused);
    }

    [Fact]
    public async Task Limits_change_and_wrong_ones_are_refused()
    {
        await using var host = await FrontDoorHost.StartAsync();

        Assert.Equal(7, (await host.Client.ChangeQueueAsync("default", new ChangeQueue(Capacity: 7))).Capacity);
        var refusal = await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.ChangeQueueAsync("default", new ChangeQueue(Capacity: -1)));

        Assert.Equal((HttpStatusCode.BadRequest, "/capacity"), (refusal.Status, refusal.Problem!.Field));
    }

    [Fact]
    public async Task Pools_are_resized_within_bounds()
    {
        await using var host = await FrontDoorHost.StartAsync();

        Assert.Equal(9, (await host.Client.ResizePoolAsync("default", 9)).Size);
        var scaled = await host.Client.ScalePoolAsync("default", 2, 6);
        Assert.Equal((6, 2, 6), (scaled.Size, scaled.Min, scaled.Max));
        Assert.Equal(400, (int)(await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.ScalePoolAsync("default", 6, 2))).Status);
        var outside = await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.ResizePoolAsync("default", 0));
        var unknown = await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.ResizePoolAsync("nobody", 1));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.NotFound), (outside.Status, unknown.Status));
    }

    [Fact]
    public async Task The_node_shows_its_counters_and_the_cluster()
    {
        await using var host = await FrontDoorHost.StartAsync();
        await host.Client.SubmitAsync(new SubmitJob { Kind = "mail.send" });

        var stats = await host.Client.GetStatsAsync();
        var nodes = (await host.Client.ListNodesAsync()).Items;
        var shards = (await host.Client.ListShardsAsync()).Items;

        Assert.Equal((1, 60, 5.0), (stats.States["Available"], stats.Recent.Count, stats.Rates.Submitted));
        Assert.Equal([("node-a", "Up", 3, 0.375, 2), ("node-b", "StoreAway", 1, 0, 0)], nodes.Select(node => (node.Name, node.State, node.Shards, node.Load, node.Pools!.Count)));
        Assert.Equal([("node-a", 1L), ("node-a", 1), ("node-b", 4), ("node-a", 7), (null, 0)], shards.Select(shard => (shard.Owner, shard.Epoch)));
    }
}
