using System.Globalization;
using ActorJobs.Client;
using ActorJobs.TestKit.Processes;
using ActorJobs.TestKit.Redis;

namespace ActorJobs.Cluster.Tests;

/// <summary>A <c>redis-server</c> and the nodes that share it, each in a process of its own.</summary>
internal sealed class ClusterPlace : IAsyncDisposable
{
    private const string Secret = "a-secret-of-these-tests-alone";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<ClusterNodeProcess> nodes = [];
    private readonly string folder = Directory.CreateTempSubdirectory("actorjobs-cluster-").FullName;

    private ClusterPlace(RedisServer redis) => Redis = redis;

    /// <summary>The lease of the nodes: shorter than by default, so that the tests are.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(3);

    public RedisServer Redis { get; }

    public IReadOnlyList<ClusterNodeProcess> Nodes => nodes;

    public static async Task<ClusterPlace> StartAsync(int count, string appendfsync = "everysec")
    {
        var place = new ClusterPlace(await RedisServer.StartAsync($"appendfsync {appendfsync}"));
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => place.StartNodeAsync()));
        await place.UntilSharedAsync();
        return place;
    }

    /// <summary>Starts a node and waits until it is ready.</summary>
    public async Task<ClusterNodeProcess> StartNodeAsync(params string[] arguments)
    {
        int number;
        lock (nodes)
            number = nodes.Count;
        var process = Run(arguments);
        var http = new HttpClient { BaseAddress = await process.ReadyAsync(), Timeout = Patience };
        var node = new ClusterNodeProcess(string.Create(CultureInfo.InvariantCulture, $"node-{number}"), process, http);
        lock (nodes)
            nodes.Add(node);
        return node;
    }

    /// <summary>Starts a process and waits for nothing.</summary>
    public ServerProcess Run(params string[] arguments) => new(folder,
    [
        "--urls=http://127.0.0.1:0", "--ActorJobs:Store=redis", $"--ActorJobs:Redis:Connection={Redis.Address}", $"--ActorJobs:Cluster:Secret={Secret}",
        string.Create(CultureInfo.InvariantCulture, $"--ActorJobs:Cluster:Lease=PT{Lease.TotalSeconds}S"), "--ActorJobs:Pools:default:Size=8", .. arguments,
    ]);

    /// <summary>Waits until the nodes that take load see one another and no others, and every shard has an owner among them.</summary>
    public async Task UntilSharedAsync()
    {
        var living = nodes.Where(node => node.TakesLoad).ToArray();
        var seen = "";
        await EventuallyAsync(async () =>
        {
            foreach (var node in living)
            {
                seen = $"{node.Name} does not answer";
                var owners = (await node.Client.ListShardsAsync()).Items.GroupBy(shard => shard.Owner ?? "nobody").ToDictionary(group => group.Key, group => group.Count());
                var known = (await node.Client.ListNodesAsync()).Items;
                seen = $"{node.Name} sees {string.Join(", ", known.Select(item => $"{item.Name} {item.State}"))}; owners: {string.Join(", ", owners)}";
                if (known.Count != living.Length || owners.ContainsKey("nobody") || owners.Count != living.Length)
                    return false;
            }

            return true;
        }, TimeSpan.FromSeconds(30), () => $"the shards to be shared out: {seen}");
    }

    /// <summary>Looks until it is so: what other processes do is told by nothing else.</summary>
    public Task EventuallyAsync(Func<Task<bool>> isSo, TimeSpan patience, string what) => EventuallyAsync(isSo, patience, () => what);

    private async Task EventuallyAsync(Func<Task<bool>> isSo, TimeSpan patience, Func<string> what)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var end = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(end) < patience)
        {
            try
            {
                if (await isSo())
                    return;
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or ActorJobsApiException)
            {
                // a node that is away: looked at again
            }

            await clock.WaitForNextTickAsync();
        }

        Assert.Fail($"Waited {patience} for {what()}.\n{string.Join('\n', nodes.Select(node => $"-- {node.Name}\n{node.Process.Output}"))}\n{Redis.Log}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await node.DisposeAsync();
        await Redis.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
