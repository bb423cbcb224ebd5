using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Actors.Shards;

/// <summary>What a shard's owner is told. Answers name the epoch they were asked for in: those to a former incarnation are not this one's.</summary>
internal abstract record ShardMessage
{
    private ShardMessage()
    {
    }

    /// <summary>Commands for entities of this shard.</summary>
    public sealed record Deliver(IReadOnlyList<EntityCommand> Commands) : ShardMessage;

    /// <summary>The store has answered for cells that were loading.</summary>
    public sealed record Loaded(long Epoch, IReadOnlyList<EntityCell> Cells, IReadOnlyList<LoadedEntity> Entities) : ShardMessage;

    /// <summary>The store could not be read.</summary>
    public sealed record LoadFailed(long Epoch, IReadOnlyList<EntityCell> Cells, Exception Error) : ShardMessage;

    /// <summary>A batch of writes has its results.</summary>
    public sealed record Written(WriteBatch Batch, ReadOnlyMemory<WriteResult> Results) : ShardMessage;

    /// <summary>The next page of the due index.</summary>
    public sealed record DuePage(long Epoch, IReadOnlyList<StoredEntry> Entries, int Limit) : ShardMessage;

    /// <summary>The due index could not be read.</summary>
    public sealed record DuePageFailed(long Epoch, Exception Error) : ShardMessage;

    /// <summary>A message of an entity of this shard was answered.</summary>
    public sealed record Answered(long Epoch, EntityKey Key, string Id, object? Reply) : ShardMessage;

    /// <summary>The next page of the entities that have messages to send.</summary>
    public sealed record OutboxPage(long Epoch, IReadOnlyList<StoredEntry> Entries) : ShardMessage;

    /// <summary>That page could not be read.</summary>
    public sealed record OutboxPageFailed(long Epoch) : ShardMessage;

    /// <summary>Messages may have waited long enough to be sent again.</summary>
    public sealed record Sweep : ShardMessage
    {
        public static Sweep Instance { get; } = new();
    }

    /// <summary>Another node takes the shard over: finish what is under way, and stop.</summary>
    public sealed record HandOver : ShardMessage
    {
        public static HandOver Instance { get; } = new();
    }

    /// <summary>Something may be due.</summary>
    public sealed record Tick : ShardMessage
    {
        public static Tick Instance { get; } = new();
    }
}

/// <summary>What the store holds of an entity, with its history where the state must be rebuilt.</summary>
internal readonly record struct LoadedEntity(StoredEntity? Entity, IReadOnlyList<StoredEvent>? History);

/// <summary>The writes of one turn of one shard.</summary>
internal sealed record WriteBatch(ActorRef<ShardMessage> From, long Epoch, List<EntityCell> Cells, List<EntityWrite> Writes);
