using System.Collections.Concurrent;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Limits.Breakers;

/// <summary>The breakers that are not closed, as this node knows them. A change reaches every node when it happens, and is read now and then all the same.</summary>
internal sealed class BreakerBoard(ActorJobsOptions options)
{
    private const int MaxPerShard = 1000;

    private readonly ConcurrentDictionary<string, CircuitBreaker> tripped = new(StringComparer.Ordinal);

    /// <summary>Whether all breakers are closed.</summary>
    public bool IsQuiet => tripped.IsEmpty;

    /// <summary>The breaker of a dependency; null when it is closed.</summary>
    public CircuitBreaker? Find(string name) => tripped.GetValueOrDefault(name);

    /// <summary>All that are not closed or have settings.</summary>
    public IReadOnlyList<BreakerView> Views(DateTimeOffset now) =>
        [.. tripped.Keys.Union(options.Breakers.Keys).Order(StringComparer.Ordinal)
            .Select(name => (Find(name) ?? CircuitBreaker.New).View(name, now, OptionsOf(name).Window))];

    public BreakerOptions OptionsOf(string name) => options.Breakers.TryGetValue(name, out var set) ? set : Default;

    public void Take(string name, CircuitBreaker state)
    {
        if (state.Status == BreakerStatus.Closed)
            tripped.TryRemove(name, out _);
        else
            tripped[name] = state;
    }

    public async Task LoadAsync(IEntityStore store, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var shard = 0; shard < options.Shards; shard++)
        {
            var listed = await store.ReadIndexAsync(new IndexQuery(shard, BreakerEntity.Index, MaxPerShard), cancellationToken).ConfigureAwait(false);
            if (listed.Count == 0)
                continue;
            foreach (var entity in await store.ReadAsync([.. listed.Select(entry => entry.Key)], cancellationToken).ConfigureAwait(false))
            {
                if (entity is null)
                    continue;
                Take(entity.Key.Id, BreakerEntity.StateOf(entity));
                found.Add(entity.Key.Id);
            }
        }

        foreach (var name in tripped.Keys.Where(name => !found.Contains(name)))
            tripped.TryRemove(name, out _);
    }

    private static BreakerOptions Default { get; } = new();
}
