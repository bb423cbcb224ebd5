using ActorJobs.Actors.Stores;
using ActorJobs.Redis;
using ActorJobs.TestKit.Stores;

namespace ActorJobs.Stores.Tests.Redis;

/// <summary>A key prefix of its own on a server.</summary>
internal sealed class RedisPlace(string connection) : StorePlace
{
    public RedisPlace() : this(RedisFixture.Server.Address)
    {
    }

    public string Prefix { get; } = RedisFixture.NextPrefix();

    public override IEntityStore Create() => new RedisEntityStore(Options());

    public RedisStoreOptions Options() => new() { Connection = connection, Prefix = Prefix };

    // the server goes with its folder; keys of other prefixes are in nobody's way
    public override ValueTask DisposeAsync() => default;
}
