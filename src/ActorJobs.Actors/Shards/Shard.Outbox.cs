using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Actors.Shards;

/// <summary>
/// Sending entities' messages until they are answered. Which entities have messages is an index, so a new owner goes on where the former one ended;
/// what is under way is in memory only. An entity without messages costs nothing here.
/// </summary>
internal sealed partial class Shard
{
    private const int OutboxPageLimit = 256;
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(1);

    private readonly Outbox outbox = new();
    private OutboxPaging outboxPage = OutboxPaging.Wanted;
    private IndexPosition? outboxEnd; // up to where the index was read
    private bool isSweeping;
    private bool retryOutbox; // the index, or an entity in it, could not be read

    /// <summary>Sends what is new among the messages an entity has to send.</summary>
    public void NoteOutbox(EntityKey key, Intents intents)
    {
        if (intents.Outbox.Count == 0)
        {
            outbox.Forget(key);
            return;
        }

        if (outbox.Note(key, intents.Outbox, Now))
            return;
        // no room to keep track of it: it is read from the index when there is
        (outboxEnd, outboxPage) = (null, OutboxPaging.Wanted);
    }

    private void TakeAnswers()
    {
        if (!outbox.HasAnswers)
            return;
        foreach (var (key, answers) in outbox.TakeAnswers())
        {
            if (CellOf(key, isNew: false) is not { } cell || cell.AnswerCommand(answers) is not { } command)
                continue;
            cell.Enqueue(new EntityCommand(key, command));
            List(cell);
        }
    }

    private void SweepOutbox()
    {
        isSweeping = false;
        foreach (var key in outbox.TakeDue(Now, OutboxPageLimit))
        {
            if (CellOf(key, isNew: false) is { Status: CellStatus.Ready } cell)
                cell.NoteOutbox(); // a cell that is being read or written does so at its end
        }
    }

    private void SendOutbox(ActorContext<ShardMessage> context)
    {
        foreach (var byShard in outbox.TakeCommands(context.Self, Epoch).GroupBy(command => ShardHash.Of(command.Key.Id, host.Options.Shards)))
            host.Deliver(byShard.Key, [.. byShard]);
        if (retryOutbox)
        {
            // who could not be read is still in the index: it is read again, and not at once, for a store that is away would be asked in a loop
            (retryOutbox, outboxEnd, outboxPage) = (false, null, OutboxPaging.Wanted);
            ScheduleSweep(context);
        }

        if (outboxPage == OutboxPaging.Wanted && outbox.HasRoom && !isSweeping)
            LoadOutboxPage(context);
        if (!outbox.IsEmpty || outboxPage == OutboxPaging.Wanted)
            ScheduleSweep(context);
    }

    private void ScheduleSweep(ActorContext<ShardMessage> context)
    {
        if (isSweeping)
            return;
        isSweeping = true;
        context.Timers.Schedule("outbox", SweepPeriod, ShardMessage.Sweep.Instance);
    }

    private void LoadOutboxPage(ActorContext<ShardMessage> context)
    {
        var epoch = Epoch;
        outboxPage = OutboxPaging.Reading;
        context.PipeToSelf(
            ReadDueAsync(new IndexQuery(number, Outbox.Index, OutboxPageLimit) { After = outboxEnd }),
            entries => new ShardMessage.OutboxPage(epoch, entries),
            _ => new ShardMessage.OutboxPageFailed(epoch));
    }

    private void TakeOutboxPage(IReadOnlyList<StoredEntry> entries)
    {
        var isLast = entries.Count < OutboxPageLimit;
        outboxPage = isLast && outboxPage == OutboxPaging.Reading ? OutboxPaging.Complete : OutboxPaging.Wanted;
        outboxEnd = isLast ? null : new IndexPosition(entries[^1].Sort, entries[^1].Key);
        foreach (var entry in entries)
        {
            if (CellOf(entry.Key, isNew: false) is { Status: CellStatus.Ready } cell)
                cell.NoteOutbox();
        }
    }

    /// <summary>How far this owner knows which entities have messages to send.</summary>
    private enum OutboxPaging
    {
        Wanted,
        Reading,
        Complete,
    }
}
