using ActorJobs.Actors;
using ActorJobs.Jobs;
using ActorJobs.Limits;

namespace ActorJobs.Queues;

/// <summary>Choosing which job goes to which pool.</summary>
internal sealed partial class JobFetcher
{
    private readonly HashSet<Actors.Entities.EntityKey> claiming = [];
    private readonly Dictionary<(FetcherPool, int Shard, PermitRequest? Request), ClaimBatch> batches = [];

    private void Pick(ActorContext<FetcherMessage> context)
    {
        var now = pickedAtTime = context.Time.GetUtcNow();
        var pickedAt = context.Time.GetTimestamp();
        foreach (var pool in pools.Values.Concat(pullers.Pools)) // this node's own come first
        {
            while (pool.Credit > 0 && BestFor(pool, now) is var (name, pick))
            {
                var queue = queues[name];
                if ((JobIndex.IsCareful(pick.Entry.Value) || queue.Gate is { Limits.Rate: not null }) && pool.Credit <= pool.Ahead)
                    break; // this one waits for a slot, and nothing overtakes it
                queue.Take(pick);
                if (!claiming.Add(pick.Entry.Key))
                    continue; // read again after its shard began anew, while an earlier claim is still on its way
                pool.Credit--;
                if (NeedsPermit(queue, pool, pick))
                    continue;
                BatchOf(pool, pick, null, pickedAt, context).Keys.Add(pick.Entry.Key);
            }
        }

        foreach (var batch in batches.Values)
            host.Entities.SendTo(batch.Shard, batch.Commands());
        batches.Clear();
        Ask(now, context);
    }

    private void NoteClaimed(ClaimBatch batch, ActorContext<FetcherMessage> context)
    {
        foreach (var key in batch.Keys)
            claiming.Remove(key);
        if (batch.Pool.Pull is { } pull)
            pullers.Claimed(pull, batch.Jobs);
        batch.Pool.Credit += batch.Missed;
        if (batch.Permits is not null)
            Settle(batch);
        if (batch.HasFailed)
            context.Timers.Schedule(("forget", batch.Shard), RetryAfter, new FetcherMessage.ShardForgotten(batch.Shard));
    }

    private (string Queue, QueuePick Pick)? BestFor(FetcherPool pool, DateTimeOffset now)
    {
        (string, QueuePick)? best = null;
        foreach (var (name, queue) in queues)
        {
            if (!pool.Served.Has(name) || host.Board.IsPaused(name) || queue.Gate is { IsOpen: false } || queue.Next(now, queue.IsHeld) is not { } pick)
                continue;
            if (queue.Priority > 0)
                pick = pick with { Rank = pick.Rank + queue.Priority };
            if (best is not var (_, other) || pick.Rank > other.Rank || (pick.Rank == other.Rank && pick.Entry.Sort < other.Entry.Sort))
                best = (name, pick);
        }

        return best;
    }

    private ClaimBatch BatchOf(FetcherPool pool, in QueuePick pick, PermitRequest? request, long pickedAt, ActorContext<FetcherMessage> context)
    {
        if (!batches.TryGetValue((pool, pick.Shard, request), out var batch))
        {
            batches[(pool, pick.Shard, request)] = batch = new ClaimBatch(context.Self, pool, pick.Shard, pickedAt, host.Held);
            if (pool.Pull is { } pull)
                pull.Open++;
        }

        return batch;
    }
}
