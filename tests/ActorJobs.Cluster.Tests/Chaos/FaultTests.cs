namespace ActorJobs.Cluster.Tests;

/// <summary>Nodes and Redis die, stop and come back under load; nothing that was accepted is lost, and nothing ends twice.</summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Nodes_are_killed_stopped_joined_and_told_to_leave_under_load()
    {
        await using var place = await ClusterPlace.StartAsync(3);
        await using var load = Load.Start(place, RunSeed.Value);
        await WaitAsync(2);

        await Faults.KillNodeAsync(place, place.Nodes[0]);
        await place.StartNodeAsync();
        await WaitAsync(1);
        await Faults.StopPastLeaseAsync(place.Nodes[1]);
        await WaitAsync(1);
        await Faults.LeaveAsync(place.Nodes[2]);
        await WaitAsync(1);

        await EndAsync(place, load);
    }

    [Fact]
    public async Task No_acknowledged_job_is_lost_with_a_redis_that_is_killed_when_it_flushes_always()
    {
        await using var place = await ClusterPlace.StartAsync(2, appendfsync: "always");
        await using var load = Load.Start(place, RunSeed.Value);
        await WaitAsync(2);

        await place.Redis.KillAsync();
        await WaitAsync(1);
        await place.Redis.RestartAsync();
        await WaitAsync(2);

        Assert.Equal(0, await EndAsync(place, load));
    }

    [Fact]
    public async Task Redis_is_stopped_for_ten_seconds_and_everything_goes_on_by_itself()
    {
        await using var place = await ClusterPlace.StartAsync(3);
        await using var load = Load.Start(place, RunSeed.Value);
        await WaitAsync(2);

        await Faults.StopRedisAsync(place, TimeSpan.FromSeconds(10));
        await WaitAsync(3);

        await EndAsync(place, load);
    }

    [Fact]
    public async Task Anything_at_random_happens_under_load()
    {
        var accepted = await new ChaosRun(RunSeed.Value, TimeSpan.FromSeconds(15)).RunAsync(output.WriteLine);

        Assert.True(accepted >= 500, $"Only {accepted} jobs were accepted.");
    }

    private async Task<int> EndAsync(ClusterPlace place, Load load)
    {
        await load.StopAsync(atLeast: 500);
        var lost = await new Checker(place, load, $"seed {RunSeed.Value}").CheckAsync();
        output.WriteLine($"seed {RunSeed.Value}: {load.Accepted.Count} accepted, {load.Refusals} batches submitted again, {lost} lost");
        await place.UntilSharedAsync();
        return lost;
    }

    private static Task WaitAsync(int seconds) => Pause.OfAsync(seconds);
}
