using ActorJobs.Actors.Shards;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Actors.Entities;

/// <summary>An entity in memory: its state, the commands that wait for it, the write under way. Used only in its shard's turns.</summary>
internal abstract class EntityCell(EntityKey key, Shard shard)
{
    public EntityKey Key { get; } = key;

    public CellStatus Status { get; private set; } = CellStatus.Empty;

    public bool HasPending => Pending.Count > 0;

    /// <summary>Set while the cell waits in its shard's list of cells to decide.</summary>
    public bool IsListed { get; set; }

    /// <summary>Whether what the cell decided last was brought about by its time having come.</summary>
    public bool IsDue { get; set; }

    /// <summary>Where the cell is in its shard's order of use.</summary>
    public LinkedListNode<EntityCell>? Use { get; set; }

    /// <summary>About how large the entity is, as it is stored: in memory it is two or three times that.</summary>
    public abstract long Bytes { get; }

    /// <summary>How many of <see cref="Bytes"/> its shard's cache has counted.</summary>
    public long CountedBytes { get; set; }

    protected Shard Shard { get; } = shard;

    /// <summary>What the last load or write has left in the store.</summary>
    protected long Version { get; set; }

    protected List<EntityCommand> Pending { get; } = [];

    public void Enqueue(EntityCommand command) => Pending.Add(command);

    public void BeginLoading() => Status = CellStatus.Loading;

    public void BeginWriting() => Status = CellStatus.Writing;

    /// <summary>Takes over what the store holds; the history only where the state does not tell all.</summary>
    public void Load(StoredEntity? stored, IReadOnlyList<StoredEvent>? history)
    {
        Restore(stored, history);
        Version = stored?.Version ?? 0;
        Status = CellStatus.Ready;
    }

    /// <summary>After which event the history is needed besides what is stored, or null when it is not.</summary>
    public abstract long? HistoryNeededAfter(StoredEntity stored);

    /// <summary>Decides all that waits. The write it leads to, or null when nothing has to be written: then the replies have left.</summary>
    public abstract EntityWrite? Decide();

    /// <summary>The write that deletes the entity if its time has come, or null.</summary>
    public abstract EntityWrite? Expire(DateTimeOffset now);

    /// <summary>Has the shard note once more when the entity is due.</summary>
    public abstract void NoteDue();

    /// <summary>The command for an entity whose wake time has come, or null when it has not.</summary>
    public abstract object? WakeCommand(DateTimeOffset now);

    /// <summary>Has the shard see once more to the messages the entity has to send.</summary>
    public abstract void NoteOutbox();

    /// <summary>The command that tells the entity what came back for its messages, or null when it does not want to know.</summary>
    public abstract object? AnswerCommand(IReadOnlyList<OutboxAnswer> answers);

    public void Written()
    {
        Status = CellStatus.Ready;
        Commit();
    }

    public void Refused(EntityFailure failure)
    {
        Status = CellStatus.Ready;
        Abort(failure);
    }

    /// <summary>Answers everything that waits or is under way with a failure.</summary>
    public void FailAll(EntityFailure failure)
    {
        Abort(failure);
        FailPending(failure);
    }

    /// <summary>Moves what waits, and is not being written, into <paramref name="taken"/>.</summary>
    public void TakePending(List<EntityCommand> taken)
    {
        taken.AddRange(Pending);
        Pending.Clear();
    }

    public void FailPending(EntityFailure failure)
    {
        foreach (var command in Pending)
            command.Replies?.Reply(command.Slot, failure);
        Pending.Clear();
    }

    protected abstract void Restore(StoredEntity? stored, IReadOnlyList<StoredEvent>? history);

    protected abstract void Commit();

    protected abstract void Abort(EntityFailure failure);
}

/// <summary>What an entity's cell is waiting for.</summary>
internal enum CellStatus
{
    /// <summary>Nothing is known of the entity yet.</summary>
    Empty,

    /// <summary>The store is asked for it.</summary>
    Loading,

    /// <summary>The state is that of the store.</summary>
    Ready,

    /// <summary>A write is under way.</summary>
    Writing,
}
