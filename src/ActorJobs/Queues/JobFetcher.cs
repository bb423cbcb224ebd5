using ActorJobs.Actors;
using ActorJobs.Limits;
using ActorJobs.Pools;
using ActorJobs.Queues.Pulling;

namespace ActorJobs.Queues;

/// <summary>
/// Matches available jobs with pools that have room. Holds a bounded window of every queue of this node's shards, hears of every change from
/// the shards, and has jobs claimed in batches. Nobody polls: work arriving, room arising and a page read each lead to a look.
/// </summary>
internal sealed partial class JobFetcher : Actor<FetcherMessage>
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, QueueWindow> queues = new(StringComparer.Ordinal);
    private readonly Dictionary<ActorRef<PoolMessage>, FetcherPool> pools = [];
    private readonly JobFetcherContext host;
    private readonly bool[] owned;

    public JobFetcher(JobFetcherContext host)
    {
        this.host = host;
        owned = new bool[host.Shards];
        breakers = new BreakerGate(host.Board.Breakers);
        pullers = new Pullers((node, jobs) => GiveBack(host, node, jobs), pull => HasWork(pull.Pool));
    }

    protected override ValueTask StartedAsync(ActorContext<FetcherMessage> context)
    {
        for (var shard = 0; shard < owned.Length; shard++)
            owned[shard] = host.Entities.Owns(shard); // before a first start none, before a restart those of then
        mustReadLevels = owned.Contains(true);
        foreach (var pool in host.Pools)
            pool.Tell(new PoolMessage.Introduce());
        TakeNodes();
        return default;
    }

    protected override ValueTask ReceiveAsync(FetcherMessage message, ActorContext<FetcherMessage> context)
    {
        switch (message)
        {
            case FetcherMessage.Changed(var shard, var changes):
                foreach (var change in changes)
                    Apply(shard, change);
                break;
            case FetcherMessage.Room(var pool, var credit, var ahead) when pools.TryGetValue(pool, out var known):
                known.Credit += credit;
                known.Ahead = ahead;
                break;
            case FetcherMessage.Room(var unknown, _, _):
                unknown.Tell(new PoolMessage.Introduce());
                break;
            case FetcherMessage.PoolAdded(var pool, var name, var served, var introduction):
                AddPool(new FetcherPool(host.Node, name, host.ServedBy(served)) { Local = pool, Introduction = introduction });
                break;
            case FetcherMessage.Claimed(var batch):
                NoteClaimed(batch, context);
                break;
            case FetcherMessage.LevelsRead(var asker, var counts) when asker == this:
                TakeLevels(counts, context);
                break;
            case FetcherMessage.PageRead page when page.Asker == this:
                TakePage(page, context);
                break;
            case FetcherMessage.PageWanted(var page):
                pagesInFlight--;
                queues[page.Queue].Level(page.Priority)!.AbandonPage(page.Shard);
                break;
            case FetcherMessage.LevelsWanted:
                mustReadLevels = true;
                break;
            case FetcherMessage.ShardAcquired(var shard):
                owned[shard] = true;
                (levelsKnown, mustReadLevels) = (false, true); // the shard may have levels of which nobody here has heard
                foreach (var queue in queues.Values)
                    queue.Forget(shard);
                break;
            case FetcherMessage.ShardForgotten(var shard) when owned[shard]:
                foreach (var queue in queues.Values)
                    queue.Forget(shard);
                break;
            case FetcherMessage.ShardClosed(var shard):
                owned[shard] = false;
                foreach (var queue in queues.Values)
                    queue.Close(shard);
                break;
            case FetcherMessage.Pulling pulling:
                BeginPull(pulling, context);
                break;
            case FetcherMessage.Recalled(var pull):
                pullers.Recall(pull.Node, pull.Pool);
                break;
            case FetcherMessage.PullOverdue(var pull):
                pullers.Recall(pull);
                break;
            case FetcherMessage.Pulled(var loan, var answer):
                TakePulled(loan, answer, context);
                break;
            case FetcherMessage.PeerRested(var pool, var node):
                lenders.GetValueOrDefault(pool)?.Wake(node);
                break;
            case FetcherMessage.NodesChanged:
                TakeNodes();
                break;
            case FetcherMessage.Look:
                TakeLimits();
                break;
            case FetcherMessage.PermitsAnswered(var request, var answer):
                TakePermits(request, answer, context);
                break;
            case FetcherMessage.PermitsFree(var queue, var news):
                WakeGate(queue, news, context.Time.GetUtcNow());
                break;
            case FetcherMessage.ProbeAnswered(var dependency, var answer):
                breakers.Answered(dependency, answer, context.Time.GetUtcNow());
                WakeHeld();
                break;
            case FetcherMessage.BreakersChanged:
                WakeHeld();
                break;
        }

        return default;
    }

    protected override ValueTask TurnEndedAsync(ActorContext<FetcherMessage> context)
    {
        ReadLevels(context);
        Pick(context);
        Lend(context);
        ReadPages(context);
        NoteOldest();
        return default;
    }

    // a pool that begins anew counts its places anew: what was lent of them before comes back to nobody
    private void AddPool(FetcherPool pool)
    {
        pools[pool.Local!] = pool;
        lenders.Remove(pool.Name);
    }

    private void NoteOldest()
    {
        foreach (var (name, queue) in queues)
            host.Board.Of(name).OldestAvailable = queue.Oldest;
    }

    private void Apply(int shard, Availability change)
    {
        var queue = QueueOf(change.Queue);
        if (change.IsAvailable)
            queue.Level(change.Priority, isEmpty: levelsKnown).Put(shard, change.Key, change.Sort, change.Value);
        else
            queue.Withdraw(shard, change.Priority, change.Key);
    }

    private QueueWindow QueueOf(string name)
    {
        if (queues.TryGetValue(name, out var known))
            return known;
        var queue = queues[name] = new QueueWindow(owned, host.Board.Tenants.WeightOf) { Priority = host.Board.Of(name).Priority };
        queue.IsHeld = ticket => IsHeld(queue, ticket);
        TakeLimits(name, queue);
        return queue;
    }
}
