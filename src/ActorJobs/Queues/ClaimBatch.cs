using System.Collections.Concurrent;
using ActorJobs.Actors;
using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;
using ActorJobs.Limits;
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
    private List<long>? unused; // permits of jobs that were not to be had
    private readonly Lock gate = new(); // guards claimed, open and HasFailed while replies come
    private int open;

    public FetcherPool Pool => pool;

    public int Shard => shard;

    /// <summary>Whether the shard could not say of some jobs what they are: they must be looked for again.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>The picked jobs.</summary>
    public List<EntityKey> Keys { get; } = [];

    /// <summary>The permits of the picked jobs, in their order; null when they need none.</summary>
    public List<PermitReply>? Permits { get; private set; }

    /// <summary>The queue whose arbiter gave the permits.</summary>
    public string? Queue { get; private set; }

    /// <summary>Until when the permits may be used.</summary>
    public DateTimeOffset? ValidUntil { get; private set; }

    /// <summary>The permits of jobs that are known not to have started.</summary>
    public IReadOnlyList<long> Unused => unused ?? [];

    /// <summary>The jobs that were to be had.</summary>
    public IReadOnlyList<ClaimedJob> Jobs => claimed;

    /// <summary>How many of the picked jobs were not to be had.</summary>
    public int Missed => Keys.Count - claimed.Count;

    /// <summary>Adds a job that has its permit. All of a batch are of one ask.</summary>
    public void Add(EntityKey key, PermitReply permit, PermitRequest request)
    {
        Keys.Add(key);
        (Permits ??= []).Add(permit);
        (Queue, ValidUntil) = (request.Queue, request.ValidUntil);
    }

    public IReadOnlyList<EntityCommand> Commands()
    {
        open = Keys.Count;
        var start = new StartAttempt(pool.Node, pool.Name);
        var commands = new EntityCommand[Keys.Count];
        for (var i = 0; i < commands.Length; i++)
            commands[i] = new EntityCommand(Keys[i], Permits is null ? start : start with { Permit = Permits[i].Holds ? Permits[i].Number : 0, Until = ValidUntil }, this, i);
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
            else if (Permits is not null && reply is not EntityFailure)
                (unused ??= []).Add(Permits[slot].Number);
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
