using System.Globalization;
using ActorJobs.Client;
using ActorJobs.TestKit.Processes;
using ActorJobs.TestKit.Redis;

namespace ActorJobs.Cluster.Tests;

/// <summary>A <c>redis-server</c>, or several that a test brings, and the nodes that share them, each in a process of its own.</summary>
internal sealed class ClusterPlace : IAsyncDisposable
{
    private const string Secret = "a-secret-of-these-tests-alone";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<ClusterNodeProcess> nodes = [];
    private readonly string folder = Directory.CreateTempSubdirectory("actorjobs-cluster-").FullName;

    private readonly RedisServer? redis; // null when a test has brought its own servers
    private readonly string[] settings;
    private int started;

    private ClusterPlace(RedisServer? redis, params string[] settings) => (this.redis, this.settings) = (redis, settings);

    /// <summary>The lease of the nodes: shorter than by default, so that the tests are.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(3);

    public RedisServer Redis => redis ?? throw new InvalidOperationException("The test has its own servers.");

    public IReadOnlyList<ClusterNodeProcess> Nodes
    {
        get
        {
            lock (nodes)
                return [.. nodes];
        }
    }

    public static async Task<ClusterPlace> StartAsync(int count, string appendfsync = "everysec")
    {
        var redis = await RedisServer.StartAsync($"appendfsync {appendfsync}");
        return await StartAsync(new ClusterPlace(redis, $"--ActorJobs:Redis:Connection={redis.Address}"), count);
    }

    /// <summary>Starts nodes over servers that are the caller's to end.</summary>
    /// <param name="count">How many nodes.</param>
    /// <param name="settings">What the nodes need to find the servers.</param>
    public static Task<ClusterPlace> StartOverAsync(int count, params string[] settings) => StartAsync(new ClusterPlace(null, settings), count);

    /// <summary>A Redis without nodes as yet.</summary>
    public static async Task<ClusterPlace> PrepareAsync()
    {
        var redis = await RedisServer.StartAsync();
        return new ClusterPlace(redis, $"--ActorJobs:Redis:Connection={redis.Address}");
    }

    /// <summary>Starts a node and waits until it is ready.</summary>
    public async Task<ClusterNodeProcess> StartNodeAsync(params string[] arguments)
    {
        var number = Interlocked.Increment(ref started) - 1;
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
        "--urls=http://127.0.0.1:0", "--ActorJobs:Store=redis", .. settings, $"--ActorJobs:Cluster:Secret={Secret}",
        string.Create(CultureInfo.InvariantCulture, $"--ActorJobs:Cluster:Lease=PT{Lease.TotalSeconds}S"), "--ActorJobs:Pools:default:Size=8", .. arguments,
    ]);

    /// <summary>Waits until the nodes that take load see one another and no others, and every shard has an owner among them.</summary>
    public async Task UntilSharedAsync()
    {
        var living = Nodes.Where(node => node.TakesLoad).ToArray();
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

    /// <summary>The same, with what is said of it when it never is so.</summary>
    public async Task EventuallyAsync(Func<Task<bool>> isSo, TimeSpan patience, Func<string> what)
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

        Assert.Fail($"Waited {patience} for {what()}.\n{string.Join('\n', Nodes.Select(node => $"-- {node.Name}\n{node.Process.Output}"))}\n{redis?.Log}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
            await node.DisposeAsync();
        if (redis is not null)
            await redis.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<ClusterPlace> StartAsync(ClusterPlace place, int count)
    {
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => place.StartNodeAsync()));
        await place.UntilSharedAsync();
        return place;
    }
}
