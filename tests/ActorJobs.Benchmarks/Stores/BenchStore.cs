using ActorJobs.Actors.Stores;
using ActorJobs.Actors.Stores.Memory;
using ActorJobs.Redis;
using ActorJobs.Sqlite;
using ActorJobs.TestKit.Redis;

namespace ActorJobs.Benchmarks.Stores;

/// <summary>A store in a place of its own, with the durability it has by default; the place goes with it.</summary>
internal sealed class BenchStore : IAsyncDisposable
{
    private DirectoryInfo? folder;
    private RedisServer? server;

    private BenchStore(IEntityStore store) => Store = store;

    public IEntityStore Store { get; }

    /// <param name="name">memory, sqlite or redis.</param>
    /// <param name="shards">How many shards it has.</param>
    public static async Task<BenchStore> OpenAsync(string name, int shards)
    {
        var opened = name switch
        {
            "memory" => new BenchStore(new MemoryEntityStore()),
            "sqlite" => Sqlite(Directory.CreateTempSubdirectory("actorjobs-bench-")),
            "redis" => Redis(await RedisServer.StartAsync()),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such store"),
        };
        await opened.Store.OpenAsync(shards, default);
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
        folder?.Delete(recursive: true);
    }

    private static BenchStore Sqlite(DirectoryInfo folder) =>
        new(new SqliteEntityStore(new SqliteStoreOptions { Path = Path.Combine(folder.FullName, "bench.db") })) { folder = folder };

    private static BenchStore Redis(RedisServer server) => new(new RedisEntityStore(new RedisStoreOptions { Connection = server.Address })) { server = server };
}
