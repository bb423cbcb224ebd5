using System.Collections.Concurrent;
using ActorJobs.Actors;
using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;
using ActorJobs.Pools;

namespace ActorJobs.Queues;

/// <summary>
/// Jobs of one shard that the fetcher has picked for one pool. Gathers the claims' replies, which come once the claims are durable: in the shard's
/// turn, and when the shard is moving also in those of a link to another node. Then a pool of this node gets the jobs, all together. One of another
/// node gets them from the fetcher.
/// </summary>
internal sealed class ClaimBatch(
    ActorRef<FetcherMessage> fetcher, FetcherPool pool, int shard, long pickedAt, ConcurrentDictionary<EntityKey, int> held) : IReplySink
{
    private readonly List<ClaimedJob> claimed = [];
    private readonly Lock gate = new(); // guards claimed, open and HasFailed while replies come
    private int open;

    public FetcherPool Pool => pool;

    public int Shard => shard;

    /// <summary>Whether the shard could not say of some jobs what they are: they must be looked for again.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>The picked jobs.</summary>
    public List<EntityKey> Keys { get; } = [];

    /// <summary>The jobs that were to be had.</summary>
    public IReadOnlyList<ClaimedJob> Jobs => claimed;

    /// <summary>How many of the picked jobs were not to be had.</summary>
    public int Missed => Keys.Count - claimed.Count;

    public IReadOnlyList<EntityCommand> Commands()
    {
        open = Keys.Count;
        var start = new StartAttempt(pool.Node, pool.Name);
        var commands = new EntityCommand[Keys.Count];
        for (var i = 0; i < commands.Length; i++)
            commands[i] = new EntityCommand(Keys[i], start, this, i);
        return commands;
    }

    public void Reply(int slot, object? reply)
    {
        var claim = (reply as StartReply)?.Started;
        if (claim is not null && pool.Local is not null)
            held[Keys[slot]] = claim.Running!.Number; // noted before anyone can ask: an owner that begins anew ends claims that nobody holds
        lock (gate)
        {
            if (claim is not null)
                claimed.Add(new ClaimedJob(Keys[slot], shard, claim));
            HasFailed |= reply is EntityFailure;
            if (--open > 0)
                return;
        }

        if (claimed.Count > 0)
            pool.Local?.Tell(new PoolMessage.Run(claimed, pickedAt, pool.Introduction));
        fetcher.Tell(new FetcherMessage.Claimed(this));
    }
}

/// <summary>A job whose attempt is claimed and durable: user code may run.</summary>
internal readonly record struct ClaimedJob(EntityKey Key, int Shard, JobState State);
