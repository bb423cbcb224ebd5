using ActorJobs.Actors.Entities;

namespace ActorJobs.Actors.Stores.Memory;

/// <summary>One shard of a <see cref="MemoryEntityStore"/>, used under its lock.</summary>
internal sealed class MemoryShard(Dictionary<string, long> counts)
{
    private readonly Dictionary<EntityKey, Row> rows = [];
    private readonly Dictionary<string, SortedDictionary<IndexPosition, string?>> indexes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EntityKey> uniqueKeys = new(StringComparer.Ordinal);

    private string? owner;
    private long epoch;

    public long Acquire(string node)
    {
        owner = node;
        return ++epoch;
    }

    public long? Fence(long known, string name) => known == epoch ? Acquire(name) : owner == name ? epoch : null;

    public WriteResult Write(EntityWrite write)
    {
        if (write.Epoch < epoch)
            return new(WriteStatus.StaleEpoch);
        var row = rows.GetValueOrDefault(write.Key);
        if ((row?.History.Count ?? 0) != write.ExpectedVersion || (row is null && write.Events.Count == 0))
            return new(WriteStatus.VersionConflict);
        if (write.ClaimedKey is { } claimed && uniqueKeys.TryGetValue(claimed, out var holder) && holder != write.Key)
            return new(WriteStatus.KeyHeld, holder.Id);

        if (write.ReleasedKey is { } released && uniqueKeys.TryGetValue(released, out var owner) && owner == write.Key)
            uniqueKeys.Remove(released);
        if (write.ClaimedKey is { } key)
            uniqueKeys[key] = write.Key;
        foreach (var entry in write.Removed)
            Remove(entry, write.Key);
        foreach (var entry in write.Added)
            Add(entry, write.Key);
        if (write.Delete)
            rows.Remove(write.Key);
        else
            Apply(row ?? (rows[write.Key] = new Row()), write);
        return new(WriteStatus.Written);
    }

    public StoredEntity? Find(EntityKey key) =>
        rows.TryGetValue(key, out var row) ? new StoredEntity(key, row.History.Count, row.State!, row.Lease) : null;

    public IEnumerable<StoredEvent> History(EntityKey key) =>
        rows.TryGetValue(key, out var row) ? row.History.Select((item, index) => new StoredEvent(index + 1, item)) : [];

    public IEnumerable<EntityKey> Leased() => rows.Where(row => row.Value.Lease is not null).Select(row => row.Key);

    public IEnumerable<StoredEntry> Page(IndexQuery query)
    {
        if (!indexes.TryGetValue(query.Index, out var index))
            return [];
        var entries = query.Descending ? index.Reverse() : index;
        if (query.After is { } after)
        {
            var sign = query.Descending ? -1 : 1;
            entries = entries.SkipWhile(entry => IndexOrder.Instance.Compare(entry.Key, after) * sign <= 0);
        }

        return entries
            .TakeWhile(entry => query.UpTo is not { } upTo || (query.Descending ? entry.Key.Sort >= upTo : entry.Key.Sort <= upTo))
            .Take(query.Limit)
            .Select(entry => new StoredEntry(entry.Key.Key, entry.Key.Sort, entry.Value));
    }

    private static void Apply(Row row, EntityWrite write)
    {
        row.History.AddRange(write.Events);
        row.State = write.State ?? row.State;
        row.Lease = write.Lease switch
        {
            LeaseChange.Set => write.NewLease,
            LeaseChange.Clear => null,
            _ => row.Lease,
        };
    }

    private void Add(IndexEntry entry, EntityKey key)
    {
        if (!indexes.TryGetValue(entry.Index, out var index))
            indexes[entry.Index] = index = new(IndexOrder.Instance);
        if (index.TryAdd(new(entry.Sort, key), entry.Value))
            counts[entry.Index] = counts.GetValueOrDefault(entry.Index) + 1;
    }

    private void Remove(IndexEntry entry, EntityKey key)
    {
        if (indexes.TryGetValue(entry.Index, out var index) && index.Remove(new(entry.Sort, key)))
            counts[entry.Index]--;
    }

    private sealed class Row
    {
        public List<EncodedEvent> History { get; } = [];

        public EncodedState? State { get; set; }

        public EncodedEvent? Lease { get; set; }
    }
}
