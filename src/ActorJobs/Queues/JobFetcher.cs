using System.Collections.Concurrent;
using ActorJobs.Actors;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;
using ActorJobs.Pools;

namespace ActorJobs.Queues;

/// <summary>
/// Matches available jobs with pools that have room. Holds a bounded window of every queue of this node's shards, hears of every change from
/// the shards, and has jobs claimed in batches. Nobody polls: work arriving, room arising and a page read each lead to a look.
/// </summary>
internal sealed class JobFetcher(JobFetcherContext host) : Actor<FetcherMessage>
{
    private const int MaxPagesInFlight = 8;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, QueueWindow> queues = new(StringComparer.Ordinal);
    private readonly Dictionary<ActorRef<PoolMessage>, FetcherPool> pools = [];
    private readonly HashSet<EntityKey> claiming = [];
    private readonly Dictionary<(ActorRef<PoolMessage>, int Shard), ClaimBatch> batches = [];
    private bool levelsKnown;
    private bool isReadingLevels;
    private bool mustReadLevels = true;
    private int pagesInFlight;

    protected override ValueTask StartedAsync(ActorContext<FetcherMessage> context)
    {
        foreach (var pool in host.Pools)
            pool.Tell(new PoolMessage.Introduce());
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
                pools[pool] = new FetcherPool(pool, name, served, introduction);
                break;
            case FetcherMessage.Claimed(var batch):
                foreach (var key in batch.Keys)
                    claiming.Remove(key);
                if (pools.TryGetValue(batch.Pool, out var claimant) && claimant.Introduction == batch.Introduction)
                    claimant.Credit += batch.Missed;
                if (batch.HasFailed)
                    context.Timers.Schedule(("forget", batch.Shard), RetryAfter, new FetcherMessage.ShardAcquired(batch.Shard));
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
                mustReadLevels = true;
                foreach (var queue in queues.Values)
                    queue.Forget(shard);
                break;
            case FetcherMessage.Look:
                break;
        }

        return default;
    }

    protected override ValueTask TurnEndedAsync(ActorContext<FetcherMessage> context)
    {
        ReadLevels(context);
        Pick(context);
        ReadPages(context);
        NoteOldest();
        return default;
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

    private QueueWindow QueueOf(string name) =>
        queues.TryGetValue(name, out var queue) ? queue : queues[name] = new QueueWindow(host.Shards);

    private void Pick(ActorContext<FetcherMessage> context)
    {
        var now = context.Time.GetUtcNow();
        var pickedAt = context.Time.GetTimestamp();
        foreach (var pool in pools.Values)
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
            host.Entities.SendTo(batch.Shard, batch.Commands(new StartAttempt(host.Node, pools[batch.Pool].Name)));
        batches.Clear();
    }

    private (string Queue, QueuePick Pick)? BestFor(FetcherPool pool, DateTimeOffset now)
    {
        (string, QueuePick)? best = null;
        foreach (var (name, queue) in queues)
        {
            if (!host.Serves(pool.Queues, name) || host.Board.IsPaused(name) || queue.Next(now) is not { } pick)
                continue;
            if (best is not var (_, other) || pick.Rank > other.Rank || (pick.Rank == other.Rank && pick.Entry.Sort < other.Entry.Sort))
                best = (name, pick);
        }

        return best;
    }

    private void Batch(FetcherPool pool, in QueuePick pick, long pickedAt, ActorContext<FetcherMessage> context)
    {
        if (!batches.TryGetValue((pool.Ref, pick.Shard), out var batch))
            batches[(pool.Ref, pick.Shard)] = batch = new ClaimBatch(context.Self, pool.Ref, pool.Introduction, pick.Shard, pickedAt, host.Held);
        batch.Keys.Add(pick.Entry.Key);
    }

    private void ReadLevels(ActorContext<FetcherMessage> context)
    {
        if (!mustReadLevels || isReadingLevels)
            return;
        (mustReadLevels, isReadingLevels) = (false, true);
        context.PipeToSelf(
            host.ReadLevelsAsync(),
            counts => new FetcherMessage.LevelsRead(this, counts),
            _ => new FetcherMessage.LevelsRead(this, null));
    }

    private void TakeLevels(IReadOnlyDictionary<string, long>? counts, ActorContext<FetcherMessage> context)
    {
        isReadingLevels = false;
        if (counts is null)
        {
            context.Timers.Schedule("levels", RetryAfter, FetcherMessage.LevelsWanted.Instance);
            return;
        }

        foreach (var name in counts.Keys)
        {
            var (_, queue, priority) = JobIndex.Parse(name);
            QueueOf(queue).Level(priority, isEmpty: false);
        }

        levelsKnown = true;
    }

    private void ReadPages(ActorContext<FetcherMessage> context)
    {
        foreach (var (name, queue) in queues)
        {
            for (var priority = 9; priority >= 0 && pagesInFlight < MaxPagesInFlight; priority--)
            {
                while (pagesInFlight < MaxPagesInFlight && queue.Level(priority)?.TakeWanting() is var (shard, after))
                {
                    pagesInFlight++;
                    var (level, index) = (priority, JobIndex.Of(JobStatus.Available, name, priority));
                    context.PipeToSelf(
                        host.ReadPageAsync(new IndexQuery(shard, index, LevelWindow.PageLimit) { After = after }),
                        entries => new FetcherMessage.PageRead(this, name, level, shard, entries),
                        _ => new FetcherMessage.PageRead(this, name, level, shard, null));
                }
            }
        }
    }

    private void TakePage(FetcherMessage.PageRead page, ActorContext<FetcherMessage> context)
    {
        if (page.Entries is not { } entries)
        {
            // counts as in flight until it is wanted again: a store that fails at once is not asked in a loop
            context.Timers.Schedule((page.Queue, page.Priority, page.Shard), RetryAfter, new FetcherMessage.PageWanted(page));
            return;
        }

        pagesInFlight--;
        queues[page.Queue].Level(page.Priority)!.AddPage(page.Shard, entries, entries.Count < LevelWindow.PageLimit);
    }

    /// <summary>A pool as the fetcher sees it.</summary>
    private sealed class FetcherPool(ActorRef<PoolMessage> pool, string name, IReadOnlyList<string> queues, int introduction)
    {
        public ActorRef<PoolMessage> Ref => pool;

        public string Name => name;

        public IReadOnlyList<string> Queues => queues;

        public int Introduction => introduction;

        public int Credit { get; set; }

        public int Ahead { get; set; }
    }
}

/// <summary>What the fetcher works with.</summary>
internal sealed class JobFetcherContext(
    EntityHost entities, IEntityStore store, QueueBoard board, string node, int shards, IReadOnlySet<string> served, TimeProvider time)
{
    private static readonly TimeSpan StoreDeadline = TimeSpan.FromSeconds(30);

    public EntityHost Entities => entities;

    public QueueBoard Board => board;

    public string Node => node;

    public int Shards => shards;

    /// <summary>The claimed jobs this node answers for; set before the shards start.</summary>
    public ConcurrentDictionary<EntityKey, int> Held { get; set; } = new();

    /// <summary>The pools of this node; set before the shards start.</summary>
    public IReadOnlyList<ActorRef<PoolMessage>> Pools { get; set; } = [];

    /// <summary>A pool without queues of its own serves those that no other pool serves.</summary>
    public bool Serves(IReadOnlyList<string> queues, string queue) => queues.Count > 0 ? queues.Contains(queue) : !served.Contains(queue);

    public ValueTask<IReadOnlyDictionary<string, long>> ReadLevelsAsync() =>
        BoundedAsync(cancellation => store.CountAsync(JobIndex.PrefixOf(JobStatus.Available), cancellation));

    public ValueTask<IReadOnlyList<StoredEntry>> ReadPageAsync(IndexQuery query) => BoundedAsync(cancellation => store.ReadIndexAsync(query, cancellation));

    private async ValueTask<T> BoundedAsync<T>(Func<CancellationToken, ValueTask<T>> read)
    {
        using var deadline = new CancellationTokenSource(StoreDeadline, time);
        return await read(deadline.Token).ConfigureAwait(false);
    }
}
