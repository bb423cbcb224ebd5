using System.Globalization;

namespace ActorJobs.TestKit.Redis;

/// <summary>A Redis Cluster of three servers without replicas, each with a third of the slots.</summary>
public sealed class RedisServerCluster : IAsyncDisposable
{
    private const int Slots = 16_384;
    private readonly RedisServer[] servers;

    private RedisServerCluster(RedisServer[] servers) => this.servers = servers;

    /// <summary>The servers.</summary>
    public IReadOnlyList<RedisServer> Servers => servers;

    /// <summary>All servers, as a connection string has them.</summary>
    public string Addresses => string.Join(',', servers.Select(server => server.Address));

    /// <summary>Starts the servers, makes them known to each other, and returns when all of them say that all slots are served.</summary>
    public static async Task<RedisServerCluster> StartAsync()
    {
        const int Count = 3;
        var busPorts = Enumerable.Range(0, Count).Select(_ => FreePort.Next()).ToArray();
        var servers = await Task.WhenAll(busPorts.Select(bus =>
            RedisServer.StartAsync("cluster-enabled yes", string.Create(CultureInfo.InvariantCulture, $"cluster-port {bus}"), "cluster-node-timeout 2000")));
        for (var i = 0; i < Count; i++)
        {
            // from the beginning of its own, as redis-cli makes them: servers that agree upon them only later may both give a slot up that moves meanwhile
            await servers[i].SayAsync("CLUSTER", "SET-CONFIG-EPOCH", Text(i + 1));
            await servers[i].SayAsync("CLUSTER", "ADDSLOTSRANGE", Text(Slots * i / Count), Text((Slots * (i + 1) / Count) - 1));
            await servers[0].SayAsync("CLUSTER", "MEET", "127.0.0.1", Text(servers[i].Port), Text(busPorts[i]));
        }

        foreach (var server in servers)
            await server.UntilAsync(answer => answer.Contains("cluster_state:ok", StringComparison.Ordinal) && answer.Contains("cluster_known_nodes:3", StringComparison.Ordinal), "CLUSTER", "INFO");
        return new RedisServerCluster(servers);
    }

    /// <summary>Moves a slot with its keys to another server, key by key as an operator's tool does, with a step of the test after each.</summary>
    public async Task MoveSlotAsync(int slot, Func<Task> afterEachKey)
    {
        var from = await OwnerOfAsync(slot);
        var to = servers.First(server => server != from);
        var (fromId, toId) = (await from.SayAsync("CLUSTER", "MYID"), await to.SayAsync("CLUSTER", "MYID"));
        await to.SayAsync("CLUSTER", "SETSLOT", Text(slot), "IMPORTING", fromId);
        await from.SayAsync("CLUSTER", "SETSLOT", Text(slot), "MIGRATING", toId);
        while (await from.SayAsync("CLUSTER", "GETKEYSINSLOT", Text(slot), "1") is { Length: > 0 } key)
        {
            await from.SayAsync("MIGRATE", "127.0.0.1", Text(to.Port), key, "0", "5000");
            await afterEachKey();
        }

        foreach (var server in (RedisServer[])[to, from, .. servers.Where(server => server != from && server != to)])
            await server.SayAsync("CLUSTER", "SETSLOT", Text(slot), "NODE", toId);
    }

    /// <summary>The server that serves a slot.</summary>
    public async Task<RedisServer> OwnerOfAsync(int slot)
    {
        foreach (var server in servers)
        {
            if (!(await server.SayAsync("CLUSTER", "COUNTKEYSINSLOT", Text(slot))).StartsWith('-') && await ServesAsync(server, slot))
                return server;
        }

        throw new InvalidOperationException($"Nobody serves slot {slot}.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
            await server.DisposeAsync();
    }

    private static async Task<bool> ServesAsync(RedisServer server, int slot)
    {
        var nodes = await server.SayAsync("CLUSTER", "NODES");
        var own = nodes.Split('\n').Single(line => line.Contains("myself", StringComparison.Ordinal)).Split(' ');
        return own.Skip(8).Where(range => !range.StartsWith('[')).Any(range => Contains(range.Split('-'), slot));
    }

    private static bool Contains(string[] range, int slot) =>
        int.Parse(range[0], CultureInfo.InvariantCulture) <= slot && slot <= int.Parse(range[^1], CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
