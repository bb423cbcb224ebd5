using ActorJobs.Actors.Stores;
using ActorJobs.Queues;
using ActorJobs.TestKit.Specs;

namespace ActorJobs.Tests.Queues;

public sealed class LevelWindowTests
{
    [Fact]
    public void The_oldest_job_of_all_shards_comes_first()
    {
        var level = new LevelWindow(OwnedShards.All(4), isEmpty: true);
        for (var number = 0; number < 40; number++)
            level.Put(number * 7 % 4, IndexModel.Key($"j{number}"), 1000 - number, null);

        Assert.Equal(Enumerable.Range(0, 40).Reverse().Select(number => $"j{number}"), TakeAll(level, _ => []));
    }

    [Fact]
    public void A_job_that_was_withdrawn_is_not_shown()
    {
        var level = new LevelWindow(OwnedShards.All(2), isEmpty: true);
        level.Put(0, IndexModel.Key("first"), 1, null);
        level.Put(0, IndexModel.Key("second"), 2, null);
        level.Put(1, IndexModel.Key("third"), 3, null);

        level.Remove(0, IndexModel.Key("first"));
        level.Remove(1, IndexModel.Key("never there"));

        Assert.Equal(["second", "third"], TakeAll(level, _ => []));
    }

    [Fact]
    public void A_level_known_to_be_empty_reads_nothing_and_one_not_known_reads_every_shard_once()
    {
        Assert.Null(new LevelWindow(OwnedShards.All(8), isEmpty: true).TakeWanting());

        var level = new LevelWindow(OwnedShards.All(8), isEmpty: false);
        var wanted = Enumerable.Range(0, 8).Select(_ => level.TakeWanting()!.Value).ToArray();

        Assert.Equal(Enumerable.Range(0, 8), wanted.Select(want => want.Shard));
        Assert.All(wanted, want => Assert.Null(want.After));
        Assert.Null(level.TakeWanting());
    }

    [Fact]
    public void A_page_that_could_not_be_read_is_wanted_again()
    {
        var level = new LevelWindow(OwnedShards.All(1), isEmpty: false);
        level.TakeWanting();

        level.AbandonPage(0);

        Assert.Equal((0, null), level.TakeWanting());
    }

    [Fact]
    public void What_a_shard_says_after_it_was_forgotten_is_read_from_the_beginning()
    {
        var level = new LevelWindow(OwnedShards.All(1), isEmpty: true);
        level.Put(0, IndexModel.Key("a"), 1, null);

        level.Forget(0);

        Assert.Null(level.First());
        Assert.Equal((0, null), level.TakeWanting());
        level.AddPage(0, [new StoredEntry(IndexModel.Key("a"), 1, "tenant")], isLast: true);
        Assert.Equal("tenant", level.First()!.Value.Entry.Value);
    }

    [Fact]
    public void A_hundred_thousand_jobs_pass_through_small_windows_each_once_and_in_order()
    {
        const int shards = 16;
        const int jobs = 100_000;
        var random = new Random(Seed.Next());
        var index = new IndexModel(shards);
        for (var number = 0; number < jobs; number++)
            index.Put(IndexModel.Key($"j{number}"), random.Next(shards), random.Next(jobs / 4));
        var expected = index.Keys.Select(key => index.PlaceOf(key).Sort).Order().ToArray();
        var level = new LevelWindow(OwnedShards.All(shards), isEmpty: false);
        var seen = new List<long>(jobs);
        var (held, most) = (0, 0);

        foreach (var (shard, entry) in Drain(level, index, read => held += read))
        {
            Assert.Equal(index.PlaceOf(entry.Key), (shard, entry.Sort)); // throws for one that was taken before
            index.Remove(entry.Key);
            seen.Add(entry.Sort);
            most = Math.Max(most, held--);
        }

        Assert.Equal(expected, seen);
        Assert.InRange(most, 1, shards * (LevelWindow.PageLimit + (LevelWindow.PageLimit / 4)));
    }

    [Fact]
    public void Whatever_comes_goes_and_is_read_meanwhile_each_available_job_is_claimed_exactly_once()
    {
        var seed = Seed.Next();
        for (var run = 0; run < 25; run++)
            new LevelWindowModel(seed + run).Run(steps: 800);
    }

    private static IEnumerable<(int Shard, StoredEntry Entry)> Drain(LevelWindow level, IndexModel index, Action<int>? onRead = null)
    {
        while (true)
        {
            while (level.TakeWanting() is var (wanted, after))
            {
                var page = index.Page(wanted, after, LevelWindow.PageLimit);
                level.AddPage(wanted, page, page.Count < LevelWindow.PageLimit);
                onRead?.Invoke(page.Count);
            }

            if (level.First() is not var (shard, entry))
                yield break;
            level.Take(shard, entry);
            yield return (shard, entry);
        }
    }

    private static IEnumerable<string> TakeAll(LevelWindow level, Func<int, IReadOnlyList<StoredEntry>> read)
    {
        while (level.TakeWanting() is var (wanted, _))
            level.AddPage(wanted, read(wanted), isLast: true);
        while (level.First() is var (shard, entry))
        {
            level.Take(shard, entry);
            yield return entry.Key.Id;
        }
    }
}
