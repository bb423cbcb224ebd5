using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.TestKit.Specs;

namespace ActorJobs.Actors.Tests.Entities;

public sealed class IndexWindowTests
{
    private const int Limit = 8;

    [Fact]
    public void Up_to_its_end_the_window_has_all_that_the_index_has_and_behind_it_nothing()
    {
        var first = Seed.Next();
        for (var seed = first; seed < first + 300; seed++)
            new Simulation(new Random(seed), $"seed {seed}").Run(steps: 400);
    }

    [Fact]
    public void What_is_put_in_behind_an_incomplete_window_comes_with_a_later_page()
    {
        var window = new IndexWindow(Limit);
        Assert.True(window.NeedsPage);
        window.Put(Key(1), 5);
        Assert.Equal(0, window.Count);

        window.BeginPage();
        Assert.False(window.NeedsPage);
        window.AddPage([new(Key(1), 5, null), new(Key(2), 7, null)], isLast: false);
        window.Put(Key(3), 8);
        window.Put(Key(4), 6);

        Assert.Equal([5, 6, 7], window.Entries.Select(entry => entry.Sort));
        Assert.Equal(new IndexPosition(7, Key(2)), window.End);
        Assert.True(window.HasMore);
    }

    [Fact]
    public void A_complete_window_takes_everything_up_to_its_limit()
    {
        var window = new IndexWindow(Limit);
        window.BeginPage();
        window.AddPage([], isLast: true);
        for (var i = 0; i < Limit; i++)
            window.Put(Key(i), i);
        Assert.False(window.HasMore);

        window.Put(Key(99), 99);

        Assert.True(window.HasMore);
        Assert.Equal(Limit, window.Count);
    }

    [Fact]
    public void What_leaves_while_a_page_is_read_does_not_come_back_with_it()
    {
        var window = new IndexWindow(Limit);
        window.BeginPage();
        window.Put(Key(1), 5);
        window.Remove(Key(1));
        window.Remove(Key(2));

        window.AddPage([new(Key(1), 5, null), new(Key(2), 6, null), new(Key(3), 7, null)], isLast: true);

        Assert.Equal([Key(3)], window.Entries.Select(entry => entry.Key));
    }

    [Fact]
    public void A_page_that_was_asked_for_before_the_window_was_forgotten_is_not_taken()
    {
        var window = new IndexWindow(Limit);
        window.BeginPage();
        window.Put(Key(1), 5);
        window.Forget();

        window.AddPage([], isLast: true);

        Assert.True(window.NeedsPage);
    }

    private static EntityKey Key(int number) => new("k", $"{number}");

    /// <summary>
    /// A store's index and its owner's window: changes reach the store first, the window hears of them later and in order, and pages show the index
    /// at some moment between being asked for and arriving.
    /// </summary>
    private sealed class Simulation(Random random, string label)
    {
        private readonly IndexWindow window = new(Limit);
        private readonly Dictionary<EntityKey, long> index = [];
        private readonly Queue<(EntityKey Key, long? Sort)> news = new();
        private readonly HashSet<EntityKey> taken = []; // still in the index, no longer in the window
        private StoredEntry[]? page;
        private bool isLast;

        public void Run(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                Step();
                Check(step);
            }
        }

        private void Step()
        {
            switch (random.Next(12))
            {
                case < 4:
                    Commit(Key(random.Next(30)), random.Next(100));
                    break;
                case < 6:
                    Commit(Key(random.Next(30)), null);
                    break;
                case < 9:
                    Hear();
                    break;
                case 9 when !window.IsReading && window.HasMore && (window.NeedsPage || random.Next(4) == 0):
                    window.BeginPage();
                    break;
                case 10 when window.IsReading:
                    TakePage();
                    break;
                case 11 when random.Next(20) == 0:
                    taken.Clear();
                    window.Forget();
                    break;
                case 11 when window.IsReading && random.Next(4) == 0:
                    page = null;
                    window.AbandonPage();
                    break;
                case 11 when window.First is { } first && index.ContainsKey(first.Key):
                    taken.Add(first.Key);
                    window.Remove(first.Key);
                    break;
            }
        }

        private void Commit(EntityKey key, long? sort)
        {
            if (sort is { } value)
                index[key] = value;
            else
                index.Remove(key);
            news.Enqueue((key, sort));
        }

        private void Hear()
        {
            if (!news.TryDequeue(out var change))
                return;
            taken.Remove(change.Key);
            if (change.Sort is { } sort)
                window.Put(change.Key, sort);
            else
                window.Remove(change.Key);
        }

        // first what the store answers, in a later step its arrival
        private void TakePage()
        {
            if (page is null)
            {
                var size = random.Next(1, Limit + 1);
                page = [.. Ordered().SkipWhile(entry => !IsBehindEnd(entry)).Take(size)];
                isLast = page.Length < size;
                return;
            }

            window.AddPage(page, isLast);
            page = null;
        }

        private void Check(int step)
        {
            if (window.IsReading || news.Count > 0)
                return;
            var within = Ordered().Where(entry => !window.HasMore || !IsBehindEnd(entry)).ToArray();
            var seen = window.Entries.ToArray();
            Assert.True(within.Where(entry => !taken.Contains(entry.Key)).All(seen.Contains), $"{label}, step {step}: [{Show(seen)}] lacks some of [{Show(within)}]");
            Assert.True(seen.All(within.Contains), $"{label}, step {step}: [{Show(seen)}] has more than [{Show(within)}]");
            Assert.True(seen.Length <= 3 * Limit, $"{label}, step {step}: {seen.Length} entries");
        }

        private bool IsBehindEnd(StoredEntry entry) => window.End is not { } end || IndexOrder.Instance.Compare(new(entry.Sort, entry.Key), end) > 0;

        private IEnumerable<StoredEntry> Ordered() =>
            index.OrderBy(pair => pair.Value).ThenBy(pair => pair.Key.Id, StringComparer.Ordinal).Select(pair => new StoredEntry(pair.Key, pair.Value, null));

        private static string Show(IEnumerable<StoredEntry> entries) => string.Join(' ', entries.Select(entry => $"{entry.Key.Id}@{entry.Sort}"));
    }
}
