using ActorJobs.Actors.Cluster;
using ActorJobs.Redis;
using ActorJobs.TestKit.Specs;

namespace ActorJobs.Stores.Tests.Redis;

/// <summary>Leases run by the server's clock, so that these wait for it.</summary>
public sealed class RedisMembershipStoreTests : MembershipStoreSpec, IAsyncLifetime
{
    private readonly RedisEntityStore store = new(new RedisPlace().Options());

    protected override IMembershipStore Members => new RedisMembershipStore(store);

    public ValueTask InitializeAsync() => store.OpenAsync(8, CancellationToken.None);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    protected override async Task PassAsync(TimeSpan time)
    {
        using var clock = new PeriodicTimer(time);
        await clock.WaitForNextTickAsync();
    }
}
