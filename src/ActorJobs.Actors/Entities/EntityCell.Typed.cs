using ActorJobs.Actors.Shards;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Actors.Entities;

/// <summary>The typed half of a cell: runs the decider.</summary>
internal sealed class EntityCell<TState, TCommand, TEvent>(EntityKind<TState, TCommand, TEvent> kind, EntityKey key, Shard shard)
    : EntityCell(key, shard)
    where TState : class
    where TCommand : class
    where TEvent : class
{
    private CommandMemory memory = CommandMemory.Empty;
    private TState state = kind.Decider.Initial;
    private Intents intents = Intents.None;
    private bool leased;
    private Undertaking<TState, TCommand, TEvent>? undertaking;
    private SnapshotPace pace; // what the store holds of the entity's state

    // the envelope around a state belongs to its shape: a kind that begins or ceases to remember commands reads what the other way wrote
    private int StoredSchema => kind.RememberedCommands > 0 ? ~kind.Codec.Schema
        : kind.StoresStateSparsely ? kind.Codec.Schema | SparseState.Mark
        : kind.Codec.Schema;

    public override long Bytes => pace.Bytes;

    public override long? HistoryNeededAfter(StoredEntity stored) =>
        stored.State.Schema != StoredSchema ? 0
        : kind.StoresStateSparsely && SparseState.Unwrap(stored.State.Data).Version is var version && version < stored.Version ? version
        : null;

    public override EntityWrite? Decide()
    {
        var run = new Undertaking<TState, TCommand, TEvent>(state, leased, memory) { Pace = pace };
        foreach (var command in Pending)
            Decide(command, run);
        Pending.Clear();
        if (!run.HasChanged)
        {
            run.SendReplies();
            return null;
        }

        if (Encode(run) is not { } write)
            return null;
        undertaking = run;
        return write;
    }

    public override EntityWrite? Expire(DateTimeOffset now)
    {
        if (intents.DeleteAt is not { } at || at > now || Version == 0)
            return null;
        undertaking = new Undertaking<TState, TCommand, TEvent>(kind.Decider.Initial, false, CommandMemory.Empty) { Intents = Intents.None, IsDeletion = true };
        return new EntityWrite
        {
            Key = Key,
            Shard = Shard.Number,
            Epoch = Shard.Epoch,
            ExpectedVersion = Version,
            Delete = true,
            Removed = DueIndex.EntriesOf(intents),
            ReleasedKey = intents.UniqueKey,
        };
    }

    public override void NoteDue() => Shard.NoteDue(Key, intents);

    public override object? WakeCommand(DateTimeOffset now) => intents.WakeAt is { } at && at <= now ? kind.Decider.Wake : null;

    public override void NoteOutbox() => Shard.NoteOutbox(Key, intents);

    public override object? AnswerCommand(IReadOnlyList<OutboxAnswer> answers) => kind.Decider.Answered(answers);

    protected override void Restore(StoredEntity? stored, IReadOnlyList<StoredEvent>? history)
    {
        (state, intents, leased, memory, pace) = (kind.Decider.Initial, Intents.None, false, CommandMemory.Empty, default);
        if (stored is null)
            return;
        var data = stored.State.Data;
        if (stored.State.Schema < 0)
            (memory, data) = CommandMemory.Unwrap(data);
        else if (kind.StoresStateSparsely && stored.State.Schema == StoredSchema)
            data = SparseState.Unwrap(data).State;
        var start = history is null || (kind.StoresStateSparsely && stored.State.Schema == StoredSchema) ? kind.Codec.DecodeState(data) : kind.Decider.Initial;
        state = (history ?? []).Aggregate(start, (folded, item) => kind.Decider.Evolve(folded, Decode(item.Event)));
        pace = new SnapshotPace(data.Length, (history ?? []).Sum(item => (long)item.Event.Data.Length));
        leased = stored.Lease is not null;
        if (stored.Lease is { } lease)
            state = kind.Decider.Evolve(state, Decode(lease));
        intents = kind.Decider.Intents(state);
    }

    protected override void Commit()
    {
        var run = undertaking!;
        undertaking = null;
        var before = state;
        (state, intents, leased, memory) = (run.State, run.Intents, run.Leased, run.Memory);
        Version = run.IsDeletion ? 0 : Version + run.Events.Count;
        pace = run.Pace;
        Shard.NoteDue(Key, intents);
        Shard.NoteOutbox(Key, intents);
        if (!run.IsDeletion)
            Shard.ObserverOf(kind)?.Changed(Key, before, state);
        run.SendReplies();
    }

    protected override void Abort(EntityFailure failure)
    {
        undertaking?.Fail(failure);
        undertaking = null;
    }

    private void Decide(EntityCommand command, Undertaking<TState, TCommand, TEvent> run)
    {
        if (command.Command is not TCommand typed)
        {
            run.Replies.Add((command, new EntityFailure(EntityFailureReason.Faulted, $"{command.Command.GetType().Name} is no command of {kind.Name}")));
            return;
        }

        if (command.CommandId is { } id && run.Memory.Find(id) is { } remembered)
        {
            run.Replies.Add((command, remembered));
            return;
        }

        Decision<TEvent> decision;
        try
        {
            decision = kind.Decider.Decide(run.State, typed, Shard.Context(Key));
            run.Apply(decision, kind.Decider);
        }
#pragma warning disable CA1031 // a decider that throws must not take its shard's other entities down
        catch (Exception error)
        {
            Shard.ReportFault(Key, error);
            run.Replies.Add((command, new EntityFailure(EntityFailureReason.Faulted, error.Message)));
            return;
        }
#pragma warning restore CA1031

        run.Replies.Add((command, decision.Reply));
        if (command.CommandId is { } commandId && decision.Events.Count > 0 && kind.RememberedCommands > 0)
            run.Memory = run.Memory.With(commandId, decision.Reply, kind.RememberedCommands);
    }

    /// <summary>The write of what was decided, or null when it cannot be written: then the failures have left.</summary>
    private EntityWrite? Encode(Undertaking<TState, TCommand, TEvent> run)
    {
        if (Version == 0 && run.Events.Count == 0)
        {
            run.Fail(new EntityFailure(EntityFailureReason.Faulted, "an entity to which nothing has happened cannot hold a lease"));
            return null;
        }

        EntityWrite write;
        try
        {
            run.Intents = kind.Decider.Intents(run.State);
            write = Encode(run, run.Intents);
        }
#pragma warning disable CA1031 // as for deciding: what cannot be written is this entity's trouble alone
        catch (Exception error)
        {
            Shard.ReportFault(Key, error);
            run.Fail(new EntityFailure(EntityFailureReason.Faulted, error.Message));
            return null;
        }
#pragma warning restore CA1031

        if (write.Size <= Shard.MaxEntityBytes)
            return write;
        run.Fail(new EntityFailure(EntityFailureReason.TooLarge, $"{write.Size} bytes; at most {Shard.MaxEntityBytes} are stored per write"));
        return null;
    }

    private EntityWrite Encode(Undertaking<TState, TCommand, TEvent> run, Intents next)
    {
        var now = Shard.Now;
        var events = run.Events.Count == 0 ? [] : new EncodedEvent[run.Events.Count];
        for (var i = 0; i < events.Length; i++)
            events[i] = new EncodedEvent(kind.Codec.TypeOf(run.Events[i]), now, kind.Codec.EncodeEvent(run.Events[i]));
        var encodedState = events.Length == 0 ? null : EncodeState(run, events);
        var (removed, added) = IndexChanges.Between(DueIndex.EntriesOf(intents), DueIndex.EntriesOf(next));
        return new EntityWrite
        {
            Key = Key,
            Shard = Shard.Number,
            Epoch = Shard.Epoch,
            ExpectedVersion = Version,
            Events = events,
            State = encodedState,
            Lease = run.Lease is not null ? LeaseChange.Set : leased && !run.Leased ? LeaseChange.Clear : LeaseChange.Keep,
            NewLease = run.Lease is null ? null : new EncodedEvent(kind.Codec.TypeOf(run.Lease), now, kind.Codec.EncodeEvent(run.Lease)),
            Removed = removed,
            Added = added,
            ReleasedKey = intents.UniqueKey != next.UniqueKey ? intents.UniqueKey : null,
            ClaimedKey = intents.UniqueKey != next.UniqueKey ? next.UniqueKey : null,
        };
    }

    private EncodedState? EncodeState(Undertaking<TState, TCommand, TEvent> run, EncodedEvent[] events)
    {
        if (kind.StoresStateSparsely)
            return EncodeSparsely(run, events);
        var bare = kind.Codec.EncodeState(run.HistoryState);
        var encoded = kind.RememberedCommands > 0 ? run.Memory.Wrap(bare) : bare;
        run.Pace = new SnapshotPace(encoded.Length, 0);
        return new EncodedState(StoredSchema, encoded);
    }

    // the first write is a big event as a rule: the empty state beside it keeps the write from being twice as big
    private EncodedState? EncodeSparsely(Undertaking<TState, TCommand, TEvent> run, EncodedEvent[] events)
    {
        run.Pace = pace with { Since = pace.Since + events.Sum(item => (long)item.Data.Length) };
        if (Version > 0 && !pace.IsDue)
            return null;
        var (version, encoded) = Version == 0
            ? (0, kind.Codec.EncodeState(kind.Decider.Initial))
            : (Version + events.Length, kind.Codec.EncodeState(run.HistoryState));
        run.Pace = new SnapshotPace(encoded.Length, Version == 0 ? run.Pace.Since : 0);
        return new EncodedState(StoredSchema, SparseState.Wrap(version, encoded));
    }

    private TEvent Decode(EncodedEvent encoded) => kind.Codec.DecodeEvent(encoded.Type, encoded.Data);
}
