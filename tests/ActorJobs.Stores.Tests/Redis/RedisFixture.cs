using ActorJobs.TestKit.Redis;

[assembly: AssemblyFixture(typeof(ActorJobs.Stores.Tests.Redis.RedisFixture))]

namespace ActorJobs.Stores.Tests.Redis;

/// <summary>One server for all tests that do not harm it; each has a key prefix of its own.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private static RedisServer? server;
    private static int places;

    public static RedisServer Server => server ?? throw new InvalidOperationException("The fixture has not started.");

    public static string NextPrefix() => $"t{Interlocked.Increment(ref places)}";

    public async ValueTask InitializeAsync() => server = await RedisServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }
}
