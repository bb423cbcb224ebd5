using System.Collections.Concurrent;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;

namespace ActorJobs.Limits;

/// <summary>
/// Keeps tenants within the number of jobs they may have stored. The store's exact counts are read at most once a second for a tenant, and what this node
/// has taken in since is added: so the quota holds for one node, and in a cluster but for what the other nodes took in within that second.
/// </summary>
internal sealed class TenantQuotas(TenantTable tenants, IEntityStore store, TimeProvider time)
{
    private const int MaxKept = 10_000;
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Count> counts = new(StringComparer.Ordinal);

    /// <summary>How many jobs a tenant may have; null for any number.</summary>
    public long? QuotaOf(string? tenant) => tenant is null ? null : tenants.Of(tenant).Stored;

    /// <summary>Reads anew what is known of tenants with a quota, where that is old. Throws what the store throws.</summary>
    public async ValueTask RefreshAsync(IEnumerable<string?> asked, CancellationToken cancellationToken)
    {
        foreach (var tenant in asked.OfType<string>().Where(tenant => QuotaOf(tenant) is not null).Distinct(StringComparer.Ordinal))
        {
            if (counts.TryGetValue(tenant, out var known) && time.GetElapsedTime(known.ReadAt) < Freshness)
                continue;
            var readAt = time.GetTimestamp();
            var lists = await store.CountAsync(JobIndex.PrefixOfTenant(tenant), cancellationToken).ConfigureAwait(false);
            if (counts.Count > MaxKept)
                counts.Clear();
            counts[tenant] = new Count(readAt, lists.Sum(list => JobIndex.StatusOfTenant(list.Key).IsTerminal() ? 0 : list.Value));
        }
    }

    /// <summary>Takes a place of the tenant's quota; false when there is none left. A place that is not used comes back with the next reading.</summary>
    public bool TryTake(string? tenant) =>
        QuotaOf(tenant) is not { } quota || !counts.TryGetValue(tenant!, out var count) || count.TryTake(quota);

    private sealed class Count(long readAt, long stored)
    {
        private long taken;

        public long ReadAt => readAt;

        public bool TryTake(long quota)
        {
            if (stored + Interlocked.Increment(ref taken) <= quota)
                return true;
            Interlocked.Decrement(ref taken);
            return false;
        }
    }
}
