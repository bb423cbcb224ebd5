using System.Globalization;

namespace ActorJobs.Cluster.Tests;

/// <summary>What may happen to a cluster.</summary>
internal static class Faults
{
    private const int UsualNodes = 3;

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
        await Pause.OfAsync(ClusterPlace.Lease * 1.7);
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
        await Pause.OfAsync(duration);
        place.Redis.Resume();
    }

    /// <summary>kill -9 of Redis; it comes back with what it has written.</summary>
    public static async Task KillRedisAsync(ClusterPlace place, TimeSpan duration)
    {
        await place.Redis.KillAsync();
        await Pause.OfAsync(duration);
        await place.Redis.RestartAsync();
    }

    /// <summary>
    /// One to three at once, drawn: to one or two nodes, and to Redis. At least one node goes on; in the end there are as many as usual.
    /// </summary>
    /// <returns>What happened, one entry each.</returns>
    public static async Task<IReadOnlyList<string>> AnyAsync(ClusterPlace place, Random random)
    {
        var victims = place.Nodes.Where(node => node.TakesLoad).ToArray();
        random.Shuffle(victims);
        var faults = victims.Take(Math.Min(random.Next(3), victims.Length - 1)).Select(node => ToNodeAsync(node, random.Next(3))).ToList();
        if (faults.Count == 0 || random.Next(2) == 0)
            faults.Add(ToRedisAsync(place, random.Next(2), TimeSpan.FromSeconds(random.Next(1, 6))));
        var happened = (await Task.WhenAll(faults)).ToList();
        for (var count = place.Nodes.Count(node => node.TakesLoad); count < UsualNodes; count++)
            happened.Add($"{(await place.StartNodeAsync()).Name} joined");
        return happened;
    }

    private static async Task<string> ToNodeAsync(ClusterNodeProcess node, int which)
    {
        switch (which)
        {
            case 0:
                node.TakesLoad = false;
                await node.Process.KillAsync();
                return $"{node.Name} killed";
            case 1:
                await StopPastLeaseAsync(node);
                return $"{node.Name} stopped past its lease";
            default:
                await LeaveAsync(node);
                return $"{node.Name} left";
        }
    }

    private static async Task<string> ToRedisAsync(ClusterPlace place, int which, TimeSpan duration)
    {
        await (which == 0 ? StopRedisAsync(place, duration) : KillRedisAsync(place, duration));
        return string.Create(CultureInfo.InvariantCulture, $"redis {(which == 0 ? "stopped" : "killed")} for {duration.TotalSeconds} s");
    }
}
