using StackExchange.Redis;

namespace ActorJobs.Redis;

/// <summary>The names of a shard's keys.</summary>
/// <param name="prefix">What they begin with, for instance <c>aj:{7}:</c>.</param>
internal sealed class ShardKeys(string prefix)
{
    /// <summary>A hash: rows by entity, and the shard's epoch and owner.</summary>
    public RedisKey Entities { get; } = prefix + "entities";

    /// <summary>A hash: events that have left their entity's row, by entity and version.</summary>
    public RedisKey History { get; } = prefix + "history";

    /// <summary>A hash: leases by entity.</summary>
    public RedisKey Leases { get; } = prefix + "leases";

    /// <summary>A hash: holders by unique key.</summary>
    public RedisKey Unique { get; } = prefix + "unique";

    /// <summary>A hash: the numbers of entries by index.</summary>
    public RedisKey Counts { get; } = prefix + "counts";

    /// <summary>A sorted set: the entries of an index, in the order of their bytes.</summary>
    public RedisKey Index(string name) => prefix + "index:" + name;
}
