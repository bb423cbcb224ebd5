using System.Text;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.TestKit.Stores;
using Xunit;

namespace ActorJobs.TestKit.Specs;

/// <summary>
/// What every entity store must do. A store's test class derives from this, says where its stores live, and is complete.
/// </summary>
/// <param name="place">Makes a place of its own for each test.</param>
/// <param name="durability">The word the store must answer with.</param>
public abstract partial class EntityStoreSpec(Func<ValueTask<StorePlace>> place, string durability) : IAsyncLifetime
{
    private const int Shards = 4;

    private readonly long[] epochs = new long[Shards];
    private StorePlace home = null!;

    /// <summary>The store under test; its shards are owned by <c>node-a</c>.</summary>
    protected IEntityStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        home = await place();
        Store = home.Create();
        await Store.OpenAsync(Shards, default);
        for (var shard = 0; shard < Shards; shard++)
            epochs[shard] = await Store.AcquireShardAsync(shard, "node-a", default);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await home.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static EntityKey Key(string id, string kind = "thing") => new(kind, id);

    private static int ShardOf(EntityKey key) => ShardHash.Of(key.Id, Shards);

    /// <summary>The first of the ids made of a prefix and a number that lives on the shard.</summary>
    private static EntityKey KeyOn(int shard, string prefix, string kind = "thing") =>
        Enumerable.Range(0, 1000).Select(i => Key($"{prefix}{i}", kind)).First(key => ShardOf(key) == shard);

    private static IEnumerable<EntityKey> KeysOn(int shard, string prefix, int count) =>
        Enumerable.Range(0, 100_000).Select(i => Key($"{prefix}{i:d5}")).Where(key => ShardOf(key) == shard).Take(count);

    private static EncodedEvent Event(string data, string type = "thing.changed.v1") => new(type, At, Encoding.UTF8.GetBytes(data));

    private static EncodedState State(string data, int schema = 1) => new(schema, Encoding.UTF8.GetBytes(data));

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    // a fraction of microseconds is more than stores must keep
    private static DateTimeOffset At { get; } = new DateTimeOffset(2030, 5, 6, 7, 8, 9, 123, 456, TimeSpan.Zero);

    /// <summary>A write of one event that leads to a state telling its version.</summary>
    private EntityWrite Change(EntityKey key, long expected, int events = 1) => new()
    {
        Key = key,
        Shard = ShardOf(key),
        Epoch = epochs[ShardOf(key)],
        ExpectedVersion = expected,
        Events = [.. Enumerable.Range(1, events).Select(i => Event($$"""{"n":{{expected + i}}}"""))],
        State = State($$"""{"version":{{expected + events}}}"""),
    };

    private EntityWrite LeaseOnly(EntityKey key, long expected, string lease) => new()
    {
        Key = key,
        Shard = ShardOf(key),
        Epoch = epochs[ShardOf(key)],
        ExpectedVersion = expected,
        Lease = LeaseChange.Set,
        NewLease = Event(lease, "thing.leased.v1"),
    };

    private EntityWrite Deletion(EntityKey key, long expected) => new()
    {
        Key = key,
        Shard = ShardOf(key),
        Epoch = epochs[ShardOf(key)],
        ExpectedVersion = expected,
        Delete = true,
    };

    private async Task<WriteResult> WriteAsync(EntityWrite write) => Assert.Single(await Store.WriteAsync([write], default));

    private async Task WrittenAsync(params EntityWrite[] group) =>
        Assert.All(await Store.WriteAsync(group, default), result => Assert.Equal(WriteStatus.Written, result.Status));

    private async Task<StoredEntity?> ReadAsync(EntityKey key) => Assert.Single(await Store.ReadAsync([key], default));

    private async Task<string[]> PageIdsAsync(IndexQuery query) =>
        [.. (await Store.ReadIndexAsync(query, default)).Select(entry => entry.Key.Id)];

    private async Task<long> CountAsync(string index) =>
        (await Store.CountAsync(index, default)).GetValueOrDefault(index);
}
