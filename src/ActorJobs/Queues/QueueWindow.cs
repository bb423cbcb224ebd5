using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Limits;

namespace ActorJobs.Queues;

/// <summary>
/// The available jobs of one queue, by priority with ageing: for each <see cref="AgeStep"/> a level's oldest job has waited, the level counts
/// as one higher. So the highest priority comes first when slots are scarce, and the lowest comes at all.
/// </summary>
/// <param name="owned">Which shards are this node's.</param>
/// <param name="weightOf">The weights of tenants; null when all weigh the same.</param>
internal sealed class QueueWindow(bool[] owned, Func<string, double>? weightOf = null)
{
    /// <summary>How long a job waits for each level it gains.</summary>
    public static readonly TimeSpan AgeStep = TimeSpan.FromSeconds(30);

    private static readonly Func<JobTicket, bool> NoneIsHeld = _ => false;

    private readonly LevelWindow?[] levels = new LevelWindow?[10];

    /// <summary>What is added to its jobs' priorities against other queues'.</summary>
    public int Priority { get; init; }

    /// <summary>Whether a job with a ticket is held by a limit or a breaker now; null when none ever is.</summary>
    public Func<JobTicket, bool>? IsHeld { get; set; }

    /// <summary>What its limits let through; null for a queue without limits.</summary>
    public QueueGate? Gate { get; set; }

    /// <summary>Since when the oldest job in memory waits.</summary>
    public DateTimeOffset? Oldest
    {
        get
        {
            DateTimeOffset? oldest = null;
            foreach (var level in levels)
            {
                if (level?.First() is { } first && Jobs.JobIndex.InstantOf(first.Entry.Sort) is var since && (oldest is null || since < oldest))
                    oldest = since;
            }

            return oldest;
        }
    }

    public LevelWindow? Level(int priority) => levels[priority];

    public LevelWindow Level(int priority, bool isEmpty) => levels[priority] ??= new LevelWindow(owned, isEmpty, weightOf);

    /// <summary>The job that comes next, or null when none is in memory that is not held.</summary>
    public QueuePick? Next(DateTimeOffset now, Func<JobTicket, bool>? isHeld = null)
    {
        QueuePick? best = null;
        for (var priority = 9; priority >= 0; priority--)
        {
            if (levels[priority]?.Next(isHeld ?? NoneIsHeld) is not { } first)
                continue;
            var rank = priority + Math.Max(0, (now - Jobs.JobIndex.InstantOf(first.Entry.Sort)) / AgeStep);
            if (best is null || rank > best.Value.Rank)
                best = new QueuePick(priority, first.Shard, first.Entry, rank);
        }

        return best;
    }

    public void Take(in QueuePick pick) => levels[pick.Priority]!.Take(pick.Shard, pick.Entry);

    public void PutBack(in QueuePick pick) => levels[pick.Priority]!.PutBack(pick.Shard, pick.Entry);

    /// <summary>Looks again at the jobs that were held.</summary>
    public void Wake()
    {
        foreach (var level in levels)
            level?.Wake();
    }

    public void Withdraw(int shard, int priority, EntityKey key) => levels[priority]?.Remove(shard, key);

    /// <summary>Drops what is known of a shard that is another node's now.</summary>
    public void Close(int shard)
    {
        foreach (var level in levels)
            level?.Close(shard);
    }

    public void Forget(int shard)
    {
        foreach (var level in levels)
            level?.Forget(shard);
    }
}

/// <summary>A job that comes next in its queue.</summary>
internal readonly record struct QueuePick(int Priority, int Shard, StoredEntry Entry, double Rank);
