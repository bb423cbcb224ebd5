using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Limits;

namespace ActorJobs.Queues;

/// <summary>
/// The available jobs of one queue and priority on all shards of this node: a window of each shard's index, and a heap of the windows' first
/// entries, so that the oldest job is found without looking at every shard. Heap entries may be outdated; they are checked when they come up.
/// </summary>
internal sealed class LevelWindow
{
    public const int PageLimit = 256;

    private const int MinNoted = 1024;

    private readonly bool[] owned;
    private readonly IndexWindow?[] windows; // made when first needed: most queues have few jobs, on few shards
    private readonly bool startsEmpty;
    private readonly PriorityQueue<int, long> heads = new();
    private readonly Queue<int> wanting = new(); // shards whose window should be filled
    private readonly bool[] wants;
    private readonly Func<string, double> weightOf;
    private FairShare? shares;
    private Lanes? lanes; // made with the first job that has a tenant, a key or a dependency: most levels never have one

    /// <summary>Makes the window of a level.</summary>
    /// <param name="owned">Which shards are this node's; the fetcher keeps it up to date.</param>
    /// <param name="isEmpty">Whether the store is known to hold nothing of this level yet, so that there is nothing to read.</param>
    /// <param name="weightOf">The weights of tenants; null when all weigh the same.</param>
    public LevelWindow(bool[] owned, bool isEmpty, Func<string, double>? weightOf = null)
    {
        this.owned = owned;
        this.weightOf = weightOf ?? (static _ => 1);
        windows = new IndexWindow[owned.Length];
        wants = new bool[owned.Length];
        startsEmpty = isEmpty;
        for (var shard = 0; shard < owned.Length && !isEmpty; shard++)
            Want(shard);
    }

    public void Put(int shard, EntityKey key, long sort, string? value)
    {
        var window = WindowOf(shard);
        var hasMoved = window.Remove(key);
        window.Put(key, sort, value);
        if (window.First is { } first && (hasMoved || first.Key == key))
            heads.Enqueue(shard, first.Sort); // what moves away may have been the head, and the next one was never noted
        if (lanes is not null || value is not null)
            NoteLane(shard, key);
        if (window.NeedsPage)
            Want(shard);
    }

    public void Remove(int shard, EntityKey key)
    {
        var window = WindowOf(shard);
        window.Remove(key);
        if (window.First is { } first)
            heads.Enqueue(shard, first.Sort); // the removed one may have been the head; a head noted twice does no harm
        Lower(shard);
    }

    /// <summary>The oldest job and its shard, or null when none is in memory.</summary>
    public (int Shard, StoredEntry Entry)? First()
    {
        while (heads.TryPeek(out var shard, out var sort))
        {
            if (WindowOf(shard).First is { } first && first.Sort == sort)
                return (shard, first);
            heads.Dequeue();
        }

        return null;
    }

    /// <summary>The job that comes next: the oldest, or with lanes the one whose turn it is among those that are not held.</summary>
    public (int Shard, StoredEntry Entry)? Next(Func<JobTicket, bool> isHeld) => lanes is null ? First() : lanes.Next(isHeld);

    /// <summary>Takes out what <see cref="Next"/> has shown.</summary>
    public void Take(int shard, in StoredEntry entry)
    {
        if (lanes is not null)
        {
            lanes.Charge(entry.Value);
            Remove(shard, entry.Key);
            return;
        }

        heads.Dequeue();
        WindowOf(shard).Remove(entry.Key);
        Lower(shard);
        if (WindowOf(shard).First is { } next)
            heads.Enqueue(shard, next.Sort);
    }

    /// <summary>Puts back what was taken and could not be used.</summary>
    public void PutBack(int shard, in StoredEntry entry)
    {
        lanes?.Refund(entry.Value);
        if (owned[shard])
            Put(shard, entry.Key, entry.Sort, entry.Value);
    }

    /// <summary>Looks again at the jobs that were held.</summary>
    public void Wake() => lanes?.Wake();

    /// <summary>A shard of which a page should be read now, and behind where, or null.</summary>
    public (int Shard, IndexPosition? After)? TakeWanting()
    {
        while (wanting.TryDequeue(out var shard))
        {
            wants[shard] = false;
            if (!owned[shard])
                continue;
            WindowOf(shard).BeginPage();
            return (shard, WindowOf(shard).End);
        }

        return null;
    }

    public void AddPage(int shard, IReadOnlyList<StoredEntry> page, bool isLast)
    {
        var window = WindowOf(shard);
        window.AddPage(page, isLast);
        if (window.First is { } first)
            heads.Enqueue(shard, first.Sort);
        foreach (var entry in page)
        {
            if (lanes is not null || entry.Value is not null)
                NoteLane(shard, entry.Key);
        }

        Lower(shard);
    }

    public void AbandonPage(int shard)
    {
        var window = WindowOf(shard);
        window.AbandonPage();
        Want(shard);
    }

    /// <summary>Drops a shard's entries: it is another node's.</summary>
    public void Close(int shard) => WindowOf(shard).Forget();

    /// <summary>Drops a shard's entries: its owner has begun anew, and what it said before may have been missed.</summary>
    public void Forget(int shard)
    {
        WindowOf(shard).Forget();
        Want(shard);
    }

    private void NoteLane(int shard, EntityKey key)
    {
        if (lanes is null || lanes.Noted > (2 * windows.Sum(window => window?.Count ?? 0)) + MinNoted)
            BeginLanes();
        else if (WindowOf(shard).Find(key) is { } entry)
            lanes.Add(shard, entry);
    }

    // from what is in memory: also when most of what the lanes have noted is outdated
    private void BeginLanes()
    {
        shares ??= new FairShare(weightOf);
        lanes = new Lanes(shares, (shard, key) => windows[shard]?.Find(key));
        foreach (var (shard, window) in windows.Index())
        {
            foreach (var entry in window?.Entries ?? [])
                lanes.Add(shard, entry);
        }
    }

    // read before the window is empty, so that a drain does not wait for the store
    private void Lower(int shard)
    {
        if (WindowOf(shard) is { HasMore: true, Count: < PageLimit / 4 })
            Want(shard);
    }

    private void Want(int shard)
    {
        if (wants[shard] || !owned[shard] || WindowOf(shard).IsReading)
            return;
        wants[shard] = true;
        wanting.Enqueue(shard);
    }

    private IndexWindow WindowOf(int shard)
    {
        if (windows[shard] is { } known)
            return known;
        var window = windows[shard] = new IndexWindow(PageLimit);
        if (startsEmpty)
            window.AddPage([], isLast: true);
        return window;
    }
}
