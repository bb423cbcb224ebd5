using System.Text;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.TestKit.Specs;

/// <summary>What a store should hold, kept in plain dictionaries and searched from end to end.</summary>
internal sealed class StoreModel(int shards, IReadOnlyList<long> epochs)
{
    private readonly Dictionary<EntityKey, Entity> entities = [];
    private readonly HashSet<EntityKey> everWritten = [];
    private readonly Dictionary<(int Shard, string Key), EntityKey> uniqueKeys = [];

    public int Shards => shards;

    /// <summary>Every key there ever was a write for, also those deleted or refused.</summary>
    public IReadOnlyList<EntityKey> Keys => [.. everWritten];

    public Entity? Find(EntityKey key) => entities.GetValueOrDefault(key);

    public long EpochOf(int shard) => epochs[shard];

    public WriteResult Write(EntityWrite write)
    {
        everWritten.Add(write.Key);
        var entity = Find(write.Key);
        if (write.Epoch < epochs[write.Shard])
            return new(WriteStatus.StaleEpoch);
        if ((entity?.History.Count ?? 0) != write.ExpectedVersion)
            return new(WriteStatus.VersionConflict);
        if (write.ClaimedKey is { } wanted && uniqueKeys.TryGetValue((write.Shard, wanted), out var holder) && holder != write.Key)
            return new(WriteStatus.KeyHeld, holder.Id);

        if (write.ReleasedKey is { } released && uniqueKeys.TryGetValue((write.Shard, released), out var owner) && owner == write.Key)
            uniqueKeys.Remove((write.Shard, released));
        if (write.ClaimedKey is { } claimed)
            uniqueKeys[(write.Shard, claimed)] = write.Key;
        if (write.Delete)
            entities.Remove(write.Key);
        else
            Change(entity ?? (entities[write.Key] = new Entity()), write);
        return new(WriteStatus.Written);
    }

    public StoredEntry[] Index(int shard, string index) =>
        [
            .. from pair in entities
               where ShardHash.Of(pair.Key.Id, shards) == shard
               from entry in pair.Value.Entries
               where entry.Index == index
               select new StoredEntry(pair.Key, entry.Sort, entry.Value) into stored
               orderby stored.Sort, Convert.ToHexString(Encoding.UTF8.GetBytes(stored.Key.Kind)), Convert.ToHexString(Encoding.UTF8.GetBytes(stored.Key.Id))
               select stored
        ];

    public long Count(string index) => entities.Values.Sum(entity => entity.Entries.Count(entry => entry.Index == index));

    public IEnumerable<string> Leased(int shard) =>
        entities.Where(pair => pair.Value.Lease is not null && ShardHash.Of(pair.Key.Id, shards) == shard).Select(pair => pair.Key.ToString());

    private static void Change(Entity entity, EntityWrite write)
    {
        entity.History.AddRange(write.Events.Select(happened => Encoding.UTF8.GetString(happened.Data.Span)));
        entity.State = write.State is { } state ? Encoding.UTF8.GetString(state.Data.Span) : entity.State;
        entity.Lease = write.Lease switch
        {
            LeaseChange.Set => Encoding.UTF8.GetString(write.NewLease!.Data.Span),
            LeaseChange.Clear => null,
            _ => entity.Lease,
        };
        entity.Key = write.ClaimedKey ?? (write.ReleasedKey is null ? entity.Key : null);
        entity.Entries = [.. entity.Entries.Except(write.Removed).Union(write.Added)];
    }

    public sealed class Entity
    {
        public List<string> History { get; } = [];

        public string? State { get; set; }

        public string? Lease { get; set; }

        public string? Key { get; set; }

        public IReadOnlyList<IndexEntry> Entries { get; set; } = [];
    }
}
