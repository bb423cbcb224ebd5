using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Actors.Tests.Shards;

public sealed class CellCacheTests
{
    private readonly CellWeight weight = new(limit: 1000, shards: 2);
    private readonly CellCache cache;

    public CellCacheTests() => cache = new CellCache(limit: 3, weight);

    [Fact]
    public void Those_not_used_for_longest_leave_first()
    {
        for (var i = 0; i < 5; i++)
            Add(i);
        cache.Find(Key(0));

        cache.Trim();

        Assert.Equal([0, 3, 4], Numbers());
    }

    [Fact]
    public void Those_that_wait_for_something_stay()
    {
        Add(0).BeginWriting();
        Add(1).Enqueue(new EntityCommand(Key(1), "command"));
        Add(2).IsListed = true;
        for (var i = 3; i < 8; i++)
            Add(i);

        cache.Trim();

        Assert.Equal([0, 1, 2], Numbers());
    }

    [Fact]
    public void What_was_removed_is_not_found()
    {
        cache.Remove(Add(1));

        Assert.Null(cache.Find(Key(1)));
    }

    [Fact]
    public void Large_ones_leave_when_all_together_are_too_large()
    {
        Add(0, 600);
        Add(1, 300);
        Add(2, 200);

        cache.Trim();

        Assert.Equal([1, 2], Numbers());
    }

    [Fact]
    public void A_shard_may_use_what_others_leave_and_keeps_its_share()
    {
        Add(0, 300);
        Add(1, 100);
        cache.Trim();
        Assert.Equal([0, 1], Numbers());

        weight.Add(5000); // another shard's
        cache.Trim();
        Assert.Equal([0, 1], Numbers());

        Add(2, 200);
        cache.Trim();
        Assert.Equal([1, 2], Numbers());
    }

    [Fact]
    public void The_last_that_was_used_stays_however_large_it_is()
    {
        Add(0, 10);
        Add(1, 5000);

        cache.Trim();

        Assert.Equal([1], Numbers());
    }

    [Fact]
    public void What_is_gone_weighs_nothing()
    {
        cache.Remove(Add(0, 5000));
        Add(1, 5000);
        cache.Clear();
        Add(2, 600);
        Add(3, 300);

        cache.Trim();

        Assert.Equal([2, 3], Numbers());
    }

    private StubCell Add(int number, long bytes = 0)
    {
        var cell = new StubCell(Key(number), bytes);
        cell.Load(null, null);
        cache.Add(cell);
        cache.Weigh(cell);
        return cell;
    }

    private int[] Numbers() => [.. cache.All.Select(cell => int.Parse(cell.Key.Id, System.Globalization.CultureInfo.InvariantCulture)).Order()];

    private static EntityKey Key(int number) => new("k", $"{number}");

    private sealed class StubCell(EntityKey key, long bytes) : EntityCell(key, null!)
    {
        public override long Bytes => bytes;

        public override void NoteOutbox()
        {
        }

        public override object? AnswerCommand(IReadOnlyList<OutboxAnswer> answers) => null;

        public override long? HistoryNeededAfter(StoredEntity stored) => null;

        public override EntityWrite? Decide() => null;

        public override EntityWrite? Expire(DateTimeOffset now) => null;

        public override object? WakeCommand(DateTimeOffset now) => null;

        public override void NoteDue()
        {
        }

        protected override void Restore(StoredEntity? stored, IReadOnlyList<StoredEvent>? history)
        {
        }

        protected override void Commit()
        {
        }

        protected override void Abort(EntityFailure failure)
        {
        }
    }
}
