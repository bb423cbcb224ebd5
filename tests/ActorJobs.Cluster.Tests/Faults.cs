namespace ActorJobs.Cluster.Tests;

/// <summary>What may happen to a cluster.</summary>
internal static class Faults
{
    /// <summary>kill -9, and the others take over.</summary>
    public static async Task KillNodeAsync(ClusterPlace place, ClusterNodeProcess node)
    {
        node.TakesLoad = false;
        await node.Process.KillAsync();
        await place.UntilSharedAsync();
    }

    /// <summary>SIGSTOP for longer than the lease, then SIGCONT: it does not know that others have its shards.</summary>
    public static async Task StopPastLeaseAsync(ClusterNodeProcess node)
    {
        node.TakesLoad = false;
        node.Process.Pause();
        await WaitAsync(ClusterPlace.Lease * 1.7);
        node.Process.Resume();
        node.TakesLoad = true;
    }

    /// <summary>SIGTERM: it hands over, drains and ends.</summary>
    public static async Task LeaveAsync(ClusterNodeProcess node)
    {
        node.TakesLoad = false;
        node.Process.Terminate();
        Assert.Equal(0, await node.Process.ExitCodeAsync());
    }

    /// <summary>Redis answers nothing for a while.</summary>
    public static async Task StopRedisAsync(ClusterPlace place, TimeSpan duration)
    {
        place.Redis.Pause();
        await WaitAsync(duration);
        place.Redis.Resume();
    }

    /// <summary>One of them, drawn; there are always two nodes left, and a third one soon again.</summary>
    public static async Task<string> AnyAsync(ClusterPlace place, Random random)
    {
        var node = place.Nodes.Where(node => node.TakesLoad).ElementAt(random.Next(place.Nodes.Count(node => node.TakesLoad)));
        switch (random.Next(4))
        {
            case 0:
                await KillNodeAsync(place, node);
                await place.StartNodeAsync();
                return $"{node.Name} killed, another started";
            case 1:
                await StopPastLeaseAsync(node);
                return $"{node.Name} stopped past its lease";
            case 2:
                await LeaveAsync(node);
                await place.StartNodeAsync();
                return $"{node.Name} left, another started";
            default:
                var duration = TimeSpan.FromSeconds(random.Next(1, 6));
                await StopRedisAsync(place, duration);
                return $"redis stopped for {duration}";
        }
    }

    private static async Task WaitAsync(TimeSpan duration)
    {
        using var clock = new PeriodicTimer(duration);
        await clock.WaitForNextTickAsync();
    }
}
