using System.Net;
using ActorJobs.Client;

namespace ActorJobs.Cluster.Tests.Members;

/// <summary>Operators' orders between real processes: any node passes them on.</summary>
public sealed class OrderTests
{
    // a dead node's shards would be free 22 to 30 seconds after its death
    private const string LongLease = "--ActorJobs:Cluster:Lease=PT30S";

    private static readonly TimeSpan BeforeTheLeaseEnds = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_killed_node_is_declared_dead_and_its_shards_and_jobs_go_on_long_before_its_lease_ends()
    {
        await using var place = await ClusterPlace.PrepareAsync();
        var (one, two, three) = (await place.StartNodeAsync(LongLease), await place.StartNodeAsync(LongLease), await place.StartNodeAsync(LongLease));
        await place.UntilSharedAsync();
        var name = await NameAsync(three);
        var refusal = await Assert.ThrowsAsync<ActorJobsApiException>(() => one.Client.DeclareNodeDownAsync(name));
        Assert.Equal((HttpStatusCode.Conflict, "node-alive"), (refusal.Status, refusal.Problem?.Code));

        three.TakesLoad = false;
        var killed = TimeProvider.System.GetTimestamp();
        await three.Process.KillAsync();
        Assert.Equal("node-silent", (await Assert.ThrowsAsync<ActorJobsApiException>(() => one.Client.LeaveNodeAsync(name))).Problem?.Code);
        await one.Client.DeclareNodeDownAsync(name, new DeclareDown("pulled the plug"));

        await place.UntilSharedAsync();
        Assert.True(TimeProvider.System.GetElapsedTime(killed) < BeforeTheLeaseEnds);
        foreach (var node in new[] { one, two })
            await node.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1));
        await place.EventuallyAsync(async () => (await two.Client.GetStatsAsync()).States.GetValueOrDefault("Completed") == 2, Soon, "two jobs to complete");
        var entry = (await two.Client.ListAuditAsync()).Items[0];
        Assert.Equal(("node.down", name, "pulled the plug"), (entry.Action, entry.Target, entry.Reason));
    }

    [Fact]
    public async Task A_node_drains_while_its_job_runs_and_then_leaves_both_through_another_node()
    {
        await using var place = await ClusterPlace.PrepareAsync();
        var (one, two) = (await place.StartNodeAsync(LongLease), await place.StartNodeAsync(LongLease));
        await place.UntilSharedAsync();
        var name = await NameAsync(two);
        var id = await RunningOnAsync(place, one, name);

        await one.Client.DrainNodeAsync(name, "new kernel");
        await place.EventuallyAsync(async () => (await one.Client.ListShardsAsync()).Items.All(shard => shard.Owner is { } owner && owner != name), Soon, "all shards at the other node");
        Assert.Equal("Running", (await one.Client.GetJobAsync(id)).State);
        Assert.Equal("Leaving", (await one.Client.ListNodesAsync()).Items.Single(node => node.Name == name).State);
        await place.EventuallyAsync(async () => (await one.Client.GetJobAsync(id)).State == "Completed", Soon, "the drained node's job to complete");
        Assert.Single((await one.Client.GetJobAsync(id)).Attempts);

        await one.Client.LeaveNodeAsync(name);

        Assert.Equal(0, await two.Process.ExitCodeAsync());
        await place.EventuallyAsync(async () => (await one.Client.ListNodesAsync()).Items.Count == 1, Soon, "one node to be left");
    }

    private static async Task<string> NameAsync(ClusterNodeProcess node)
    {
        using var http = new HttpClient { BaseAddress = await node.Process.ReadyAsync() };
        using var answer = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync("api/v1/diagnostics"));
        return answer.RootElement.GetProperty("node").GetString()!;
    }

    /// <summary>A job of some seconds that runs on the node.</summary>
    private static async Task<string> RunningOnAsync(ClusterPlace place, ClusterNodeProcess through, string name)
    {
        string? found = null;
        var ids = new List<string>();
        for (var i = 0; i < 16; i++)
            ids.Add((await through.Client.SubmitAsync(SubmitJob.Of("builtin.sleep", new { ms = 6_000 }))).Id);
        await place.EventuallyAsync(
            async () =>
            {
                foreach (var id in ids)
                    if (await through.Client.GetJobAsync(id) is { State: "Running" } job && job.Attempts[^1].Node == name)
                        found = id;
                return found is not null;
            },
            Soon, $"a job to run on {name}");
        return found!;
    }
}
