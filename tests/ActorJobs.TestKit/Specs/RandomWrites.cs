using System.Text;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.TestKit.Specs;

/// <summary>Draws groups of writes, most of them valid, against what a model holds.</summary>
internal sealed class RandomWrites(Random random, StoreModel model)
{
    private static readonly string[] Kinds = ["job", "account", "zähler"];
    private static readonly EntityKey[] Keys =
        [.. Enumerable.Range(0, 300).Select(i => new EntityKey(Kinds[i % 3], (i % 7) switch { 0 => $"ä{i}", 1 => $"😀{i}", 2 => $"\uFF5E{i}", _ => $"e{i}" }))];

    private int serial;

    public static IReadOnlyList<string> Indexes { get; } = ["list/a", "list/b", "list/ç", "due", "tag/😀"];

    /// <summary>One to thirty writes of different entities.</summary>
    public IReadOnlyList<EntityWrite> NextGroup()
    {
        var keys = Keys.ToArray();
        random.Shuffle(keys);
        return [.. keys.Take(random.Next(1, 31)).Select(Draw)];
    }

    private EntityWrite Draw(EntityKey key)
    {
        var shard = ShardHash.Of(key.Id, model.Shards);
        var entity = model.Find(key);
        var write = new EntityWrite
        {
            Key = key,
            Shard = shard,
            Epoch = model.EpochOf(shard) - (Chance(0.02) ? 1 : 0),
            ExpectedVersion = (entity?.History.Count ?? 0) + (Chance(0.05) ? random.Next(1, 3) : 0),
        };
        return entity is not null && Chance(0.08) ? Deletion(write, entity)
            : entity is not null && Chance(0.2) ? Leased(write, entity)
            : Changed(write, entity);
    }

    private static EntityWrite Deletion(EntityWrite write, StoreModel.Entity entity) =>
        write with { Delete = true, Removed = entity.Entries, ReleasedKey = entity.Key };

    private EntityWrite Leased(EntityWrite write, StoreModel.Entity entity) =>
        entity.Lease is not null && Chance(0.3)
            ? write with { Lease = LeaseChange.Clear }
            : WithEntries(write with { Lease = LeaseChange.Set, NewLease = Event() }, entity);

    private EntityWrite Changed(EntityWrite write, StoreModel.Entity? entity)
    {
        var change = write with
        {
            Events = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Event())],
            State = entity is not null && Chance(0.2) ? null : new EncodedState(1, Encoding.UTF8.GetBytes($"{++serial}")),
            Lease = Chance(0.3) ? LeaseChange.Clear : LeaseChange.Keep,
        };
        return WithKey(WithEntries(change, entity), entity);
    }

    private EntityWrite WithEntries(EntityWrite write, StoreModel.Entity? entity)
    {
        IReadOnlyList<IndexEntry> before = entity?.Entries ?? [];
        IndexEntry[] after =
            [.. Indexes.Where(_ => Chance(0.4)).Select(index => new IndexEntry(index, random.Next(-3, 20), Chance(0.5) ? $"v{random.Next(3)}" : null))];
        return write with { Removed = [.. before.Except(after)], Added = [.. after.Except(before)] };
    }

    private EntityWrite WithKey(EntityWrite write, StoreModel.Entity? entity) =>
        Chance(0.7) ? write
        : Chance(0.3) ? write with { ReleasedKey = entity?.Key }
        : write with { ReleasedKey = entity?.Key, ClaimedKey = $"key{random.Next(12)}" };

    private EncodedEvent Event() => new("job.changed.v1", DateTimeOffset.UnixEpoch.AddSeconds(serial), Encoding.UTF8.GetBytes($"{++serial}"));

    private bool Chance(double probability) => random.NextDouble() < probability;
}
