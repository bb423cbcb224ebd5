using ActorJobs.Actors;
using ActorJobs.Jobs;

namespace ActorJobs.Queues;

/// <summary>Choosing which job goes to which pool.</summary>
internal sealed partial class JobFetcher
{
    private readonly HashSet<Actors.Entities.EntityKey> claiming = [];
    private readonly Dictionary<(FetcherPool, int Shard), ClaimBatch> batches = [];

    private void Pick(ActorContext<FetcherMessage> context)
    {
        var now = context.Time.GetUtcNow();
        var pickedAt = context.Time.GetTimestamp();
        foreach (var pool in pools.Values.Concat(pullers.Pools)) // this node's own come first
        {
            while (pool.Credit > 0 && BestFor(pool, now) is var (name, pick))
            {
                if (JobIndex.IsCareful(pick.Entry.Value) && pool.Credit <= pool.Ahead)
                    break; // this one waits for a slot, and nothing overtakes it
                queues[name].Take(pick);
                if (!claiming.Add(pick.Entry.Key))
                    continue; // read again after its shard began anew, while an earlier claim is still on its way
                pool.Credit--;
                Batch(pool, pick, pickedAt, context);
            }
        }

        foreach (var batch in batches.Values)
            host.Entities.SendTo(batch.Shard, batch.Commands());
        batches.Clear();
    }

    private void NoteClaimed(ClaimBatch batch, ActorContext<FetcherMessage> context)
    {
        foreach (var key in batch.Keys)
            claiming.Remove(key);
        if (batch.Pool.Pull is { } pull)
            pullers.Claimed(pull, batch.Jobs);
        batch.Pool.Credit += batch.Missed;
        if (batch.HasFailed)
            context.Timers.Schedule(("forget", batch.Shard), RetryAfter, new FetcherMessage.ShardForgotten(batch.Shard));
    }

    private (string Queue, QueuePick Pick)? BestFor(FetcherPool pool, DateTimeOffset now)
    {
        (string, QueuePick)? best = null;
        foreach (var (name, queue) in queues)
        {
            if (!pool.Served.Has(name) || host.Board.IsPaused(name) || queue.Next(now) is not { } pick)
                continue;
            if (best is not var (_, other) || pick.Rank > other.Rank || (pick.Rank == other.Rank && pick.Entry.Sort < other.Entry.Sort))
                best = (name, pick);
        }

        return best;
    }

    private void Batch(FetcherPool pool, in QueuePick pick, long pickedAt, ActorContext<FetcherMessage> context)
    {
        if (!batches.TryGetValue((pool, pick.Shard), out var batch))
        {
            batches[(pool, pick.Shard)] = batch = new ClaimBatch(context.Self, pool, pick.Shard, pickedAt, host.Held);
            if (pool.Pull is { } pull)
                pull.Open++;
        }

        batch.Keys.Add(pick.Entry.Key);
    }
}
