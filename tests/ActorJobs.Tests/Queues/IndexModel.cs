using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;

namespace ActorJobs.Tests.Queues;

/// <summary>One level's index on all shards, as a store would hold it.</summary>
internal sealed class IndexModel(int shards)
{
    private readonly SortedSet<(long Sort, string Id)>[] entries =
        [.. Enumerable.Range(0, shards).Select(_ => new SortedSet<(long, string)>(ByPlace.Instance))];

    private readonly Dictionary<EntityKey, (int Shard, long Sort)> places = [];

    public int Count => places.Count;

    public IEnumerable<EntityKey> Keys => places.Keys;

    public static EntityKey Key(string id) => JobEntity.Key(new JobId(id));

    public bool Contains(EntityKey key) => places.ContainsKey(key);

    public (int Shard, long Sort) PlaceOf(EntityKey key) => places[key];

    public long? FirstSort(IReadOnlySet<EntityKey> except) =>
        places.Where(place => !except.Contains(place.Key)).Select(place => (long?)place.Value.Sort).Min();

    public void Put(EntityKey key, int shard, long sort)
    {
        Remove(key);
        places[key] = (shard, sort);
        entries[shard].Add((sort, key.Id));
    }

    public void Remove(EntityKey key)
    {
        if (places.Remove(key, out var place))
            entries[place.Shard].Remove((place.Sort, key.Id));
    }

    public IReadOnlyList<StoredEntry> Page(int shard, IndexPosition? after, int limit)
    {
        var from = after is { } position
            ? entries[shard].GetViewBetween((position.Sort, position.Key.Id + "\0"), (long.MaxValue, ""))
            : entries[shard];
        return [.. from.Take(limit).Select(entry => new StoredEntry(Key(entry.Id), entry.Sort, null))];
    }

    private sealed class ByPlace : IComparer<(long Sort, string Id)>
    {
        public static ByPlace Instance { get; } = new();

        public int Compare((long Sort, string Id) x, (long Sort, string Id) y) =>
            x.Sort != y.Sort ? x.Sort.CompareTo(y.Sort) : string.CompareOrdinal(x.Id, y.Id);
    }
}
