using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Actors.Tests.Shards;

public sealed class CellCacheTests
{
    private readonly CellCache cache = new(limit: 3);

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

    private StubCell Add(int number)
    {
        var cell = new StubCell(Key(number));
        cell.Load(null, null);
        cache.Add(cell);
        return cell;
    }

    private int[] Numbers() => [.. cache.All.Select(cell => int.Parse(cell.Key.Id, System.Globalization.CultureInfo.InvariantCulture)).Order()];

    private static EntityKey Key(int number) => new("k", $"{number}");

    private sealed class StubCell(EntityKey key) : EntityCell(key, null!)
    {
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
