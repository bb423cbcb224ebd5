using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Queues;

/// <summary>
/// The available jobs of one queue, by priority with ageing: for each <see cref="AgeStep"/> a level's oldest job has waited, the level counts
/// as one higher. So the highest priority comes first when slots are scarce, and the lowest comes at all.
/// </summary>
internal sealed class QueueWindow(bool[] owned)
{
    /// <summary>How long a job waits for each level it gains.</summary>
    public static readonly TimeSpan AgeStep = TimeSpan.FromSeconds(30);

    private readonly LevelWindow?[] levels = new LevelWindow?[10];

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

    public LevelWindow Level(int priority, bool isEmpty) => levels[priority] ??= new LevelWindow(owned, isEmpty);

    /// <summary>The job that comes next, or null when none is in memory.</summary>
    public QueuePick? Next(DateTimeOffset now)
    {
        QueuePick? best = null;
        for (var priority = 9; priority >= 0; priority--)
        {
            if (levels[priority]?.First() is not { } first)
                continue;
            var rank = priority + Math.Max(0, (now - Jobs.JobIndex.InstantOf(first.Entry.Sort)) / AgeStep);
            if (best is null || rank > best.Value.Rank)
                best = new QueuePick(priority, first.Shard, first.Entry, rank);
        }

        return best;
    }

    public void Take(in QueuePick pick) => levels[pick.Priority]!.TakeFirst(pick.Shard, pick.Entry.Key);

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
