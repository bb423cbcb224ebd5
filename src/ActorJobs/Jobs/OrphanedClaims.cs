using System.Collections.Concurrent;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;

namespace ActorJobs.Jobs;

/// <summary>
/// Ends what a shard's former owner has left claimed: attempts of another process are lost, claims of this one that nobody holds have run nothing.
/// What the shard cannot take now is tried again a little later; a repetition changes nothing.
/// </summary>
internal sealed class OrphanedClaims(
    EntityHost entities, ConcurrentDictionary<EntityKey, int> held, string node, TimeProvider time, int shard, IReadOnlyList<EntityKey> keys) : IReplySink
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly List<EntityKey> failed = [];
    private int open = keys.Count; // the shard's turns only

    public void End() => entities.SendTo(
        shard, [.. keys.Select((key, slot) => new EntityCommand(key, new LoseAttempt(node, held.ContainsKey(key)), this, slot))]);

    public void Reply(int slot, object? reply)
    {
        if (reply is EntityFailure { Reason: EntityFailureReason.Unavailable })
            failed.Add(keys[slot]);
        if (--open == 0 && failed.Count > 0)
            _ = time.CreateTimer(_ => new OrphanedClaims(entities, held, node, time, shard, failed).End(), null, RetryAfter, Timeout.InfiniteTimeSpan);
    }
}
