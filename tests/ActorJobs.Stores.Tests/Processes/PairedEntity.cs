using System.Text;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Stores.Tests.Processes;

/// <summary>Entities whose whole content follows from their number and version, so that any half-written one shows.</summary>
internal static class PairedEntity
{
    public const int Shards = 2;
    public const int Pairs = 12;
    public const int Lanes = 3;

    public static IReadOnlyList<EntityKey> AllKeys { get; } = [.. Enumerable.Range(0, 2 * Pairs).Select(Key)];

    public static EntityKey Key(int number) => new("pair", $"p{number}");

    public static string Content(int number, long version) => $$"""{"number":{{number}},"version":{{version}}}""";

    public static string UniqueKey(int number, long version) => $"key-{number}-{version}";

    public static bool IsLeased(long version) => version % 4 == 1;

    public static IndexEntry[] Entries(int number, long version) => version == 0 ? [] : [new($"lane/{(version + number) % Lanes}", version)];

    /// <summary>The write that leads from a version to the next.</summary>
    public static EntityWrite Write(int number, long version, IReadOnlyList<long> epochs)
    {
        var key = Key(number);
        var shard = ShardHash.Of(key.Id, Shards);
        var content = Encoding.UTF8.GetBytes(Content(number, version + 1));
        var happened = new EncodedEvent("pair.changed.v1", DateTimeOffset.UnixEpoch, content);
        return new EntityWrite
        {
            Key = key,
            Shard = shard,
            Epoch = epochs[shard],
            ExpectedVersion = version,
            Events = [happened],
            State = new EncodedState(1, content),
            Lease = IsLeased(version + 1) ? LeaseChange.Set : LeaseChange.Clear,
            NewLease = IsLeased(version + 1) ? happened : null,
            Removed = Entries(number, version),
            Added = Entries(number, version + 1),
            ReleasedKey = version == 0 ? null : UniqueKey(number, version),
            ClaimedKey = UniqueKey(number, version + 1),
        };
    }
}
