using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Actors.Shards;

/// <summary>What an <see cref="EntityHost"/> runs.</summary>
public sealed record EntityHostOptions
{
    /// <summary>The number of shards, fixed when the store is created. Default: 64.</summary>
    public int Shards { get; init; } = 64;

    /// <summary>This node's name in leases.</summary>
    public required string Node { get; init; }

    /// <summary>The kinds this node can run.</summary>
    public required IReadOnlyList<EntityKind> Kinds { get; init; }

    /// <summary>How many idle entities stay in memory, over all shards. Default: 32 768.</summary>
    public int LoadedEntities { get; init; } = 32_768;

    /// <summary>
    /// How large the idle entities in memory may be together, over all shards, as they are stored; decoded they take two or three times that.
    /// Unit: bytes. Default: a twelfth of the memory the process may use.
    /// </summary>
    public long LoadedBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 12;

    /// <summary>How long one call to the store may take. Default: 30 seconds.</summary>
    public TimeSpan StoreDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Draws what deciders get as randomness; null draws from the system. For tests.</summary>
    public int? Seed { get; init; }

    /// <summary>
    /// Called when this node has become a shard's owner, with the entities that a former owner has left with a lease, before the shard takes commands.
    /// </summary>
    public Func<int, IReadOnlyList<EntityKey>, ValueTask> ShardAcquired { get; init; } = (_, _) => default;

    /// <summary>Called when this node is no more the owner of a shard.</summary>
    public Action<int> ShardClosed { get; init; } = _ => { };

    /// <summary>How this node shares the shards with others; null when it is alone and runs them all.</summary>
    public ClusterOptions? Cluster { get; init; }
}
