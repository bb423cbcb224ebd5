using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Queues;

namespace ActorJobs.Tests.Queues;

/// <summary>
/// A window beside the index it stands for, with everything happening in any order: jobs come and go while pages are on their way, pages are read
/// before and after changes, reads fail, shards begin anew, claims take a while. At the end each job must have been claimed once.
/// </summary>
internal sealed class LevelWindowModel(int seed)
{
    private const int Shards = 2;

    private readonly Random random = new(seed);
    private readonly IndexModel index = new(Shards);
    private readonly LevelWindow level = new(OwnedShards.All(Shards), isEmpty: false);
    private readonly List<Page> pages = [];
    private readonly HashSet<EntityKey> claiming = [];
    private readonly HashSet<EntityKey> claimed = [];
    private readonly HashSet<EntityKey> open = []; // submitted, neither claimed nor withdrawn
    private int submitted;

    public void Run(int steps)
    {
        for (var step = 0; step < steps; step++)
            Step();
        Finish();
        Assert.True(open.Count == 0, $"seed {seed}: {open.Count} jobs were never shown, for instance {open.FirstOrDefault()}");
    }

    private void Step()
    {
        switch (random.Next(100))
        {
            case < 30:
                for (var burst = random.Next(1, 12); burst > 0; burst--)
                    Submit(IndexModel.Key($"j{submitted++}"));
                break;
            case < 36 when open.Count > 0:
                Withdraw(open.ElementAt(random.Next(open.Count)));
                break;
            case < 60:
                for (var slots = random.Next(1, 6); slots > 0; slots--)
                    Take();
                break;
            case < 75:
                Settle();
                break;
            case < 82:
                Ask();
                break;
            case < 90 when pages.Count > 0:
                pages[random.Next(pages.Count)].Read(index);
                break;
            case < 97 when pages.Count > 0:
                Deliver(pages[random.Next(pages.Count)], fails: random.Next(8) == 0);
                break;
            case 97:
                level.Forget(random.Next(Shards));
                break;
            case 98:
                ReadAll();
                CheckFirst();
                break;
        }
    }

    private void Submit(EntityKey key)
    {
        var (shard, sort) = (random.Next(Shards), submitted + random.Next(-20, 20));
        open.Add(key);
        index.Put(key, shard, sort);
        level.Put(shard, key, sort, null);
    }

    private void Withdraw(EntityKey key)
    {
        if (claiming.Contains(key))
            return; // its shard decides one thing after the other
        var shard = index.PlaceOf(key).Shard;
        open.Remove(key);
        index.Remove(key);
        level.Remove(shard, key);
    }

    private void Take()
    {
        if (level.First() is not var (shard, entry))
            return;
        level.Take(shard, entry);
        claiming.Add(entry.Key); // false: read again after its shard began anew, while an earlier claim is still on its way
    }

    private void Settle()
    {
        foreach (var key in claiming.ToArray())
        {
            claiming.Remove(key);
            if (!index.Contains(key))
                continue; // withdrawn or claimed before: the shard refuses the claim
            Assert.True(claimed.Add(key), $"seed {seed}: {key} was claimed twice");
            index.Remove(key);
            open.Remove(key);
        }
    }

    private void Ask()
    {
        if (level.TakeWanting() is var (shard, after))
            pages.Add(new Page(shard, after));
    }

    private void Deliver(Page page, bool fails)
    {
        pages.Remove(page);
        page.Read(index);
        if (fails)
            level.AbandonPage(page.Shard);
        else
            level.AddPage(page.Shard, page.Entries!, page.Entries!.Count < LevelWindow.PageLimit);
    }

    private void ReadAll()
    {
        do
        {
            foreach (var page in pages.ToArray())
                Deliver(page, fails: false);
            Ask();
        }
        while (pages.Count > 0);
    }

    // with nothing left to read, nothing in the index comes before what the window shows
    private void CheckFirst()
    {
        var first = index.FirstSort(claiming);
        Assert.True(first is null || level.First()?.Entry.Sort <= first, $"seed {seed}: {first} should be first, not {level.First()?.Entry}");
    }

    private void Finish()
    {
        for (ReadAll(); level.First() is not null; ReadAll())
        {
            if (random.Next(20) == 0)
                CheckFirst();
            Take();
            Settle();
        }
    }

    private sealed class Page(int shard, IndexPosition? after)
    {
        public int Shard => shard;

        public IReadOnlyList<StoredEntry>? Entries { get; private set; }

        public void Read(IndexModel index) => Entries ??= index.Page(shard, after, LevelWindow.PageLimit);
    }
}
