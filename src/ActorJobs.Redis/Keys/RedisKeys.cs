using System.Globalization;
using StackExchange.Redis;

namespace ActorJobs.Redis;

/// <summary>
/// The names of all keys; <c>docs/redis-keys.md</c> lists them. Those of a shard have its number as their hash tag, so that on Redis Cluster they live
/// in one slot and a script may touch them together.
/// </summary>
internal sealed class RedisKeys
{
    private readonly string prefix;
    private readonly ShardKeys[] shards;

    public RedisKeys(string prefix, int shards)
    {
        this.prefix = prefix;
        this.shards = [.. Enumerable.Range(0, shards).Select(shard => new ShardKeys(string.Create(CultureInfo.InvariantCulture, $"{prefix}:{{{shard}}}:")))];
    }

    /// <summary>How the store was created.</summary>
    public RedisKey Meta => MetaOf(prefix);

    /// <summary>A hash: the nodes, each with the end of its lease and what it says of itself.</summary>
    public RedisKey Nodes => prefix + ":{cluster}:nodes";

    /// <summary>A hash: the owners' names by shard.</summary>
    public RedisKey Owners => prefix + ":{cluster}:owners";

    public ShardKeys this[int shard] => shards[shard];

    /// <summary>The one key that is known before the number of shards is.</summary>
    public static RedisKey MetaOf(string prefix) => prefix + ":meta";
}
