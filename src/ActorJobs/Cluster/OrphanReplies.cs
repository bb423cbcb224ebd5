using ActorJobs.Actors;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Cluster;

/// <summary>Tells the claim keeper when a shard's orphans have ended, or could not be.</summary>
internal sealed class OrphanReplies(ActorRef<ClaimMessage> keeper, SweepTask task, SweepResult result) : IReplySink
{
    private int open = result.Orphans.Count;
    private bool hasFailed = !result.IsComplete;

    public void Reply(int slot, object? reply)
    {
        if (reply is EntityFailure { Reason: EntityFailureReason.Unavailable })
            Volatile.Write(ref hasFailed, true);
        if (Interlocked.Decrement(ref open) == 0)
            keeper.Tell(new ClaimMessage.Swept(task, Volatile.Read(ref hasFailed)));
    }
}
