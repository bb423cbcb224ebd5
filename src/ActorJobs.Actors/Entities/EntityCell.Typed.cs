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
    private readonly CommandMemory? memory = kind.RememberedCommands > 0 ? new CommandMemory(kind.RememberedCommands) : null;
    private TState state = kind.Decider.Initial;
    private Intents intents = Intents.None;
    private bool leased;
    private Undertaking? undertaking;

    public override bool NeedsHistory(StoredEntity stored) => stored.State.Schema != kind.Codec.Schema;

    public override EntityWrite? Decide()
    {
        var run = new Undertaking(state, leased);
        foreach (var command in Pending)
            Decide(command, run);
        Pending.Clear();
        if (!run.HasChanged)
        {
            run.SendReplies();
            return null;
        }

        var next = kind.Decider.Intents(run.State);
        var write = Encode(run, next);
        if (write.Size > Shard.MaxEntityBytes)
        {
            run.Fail(new EntityFailure(EntityFailureReason.TooLarge, $"{write.Size} bytes; at most {Shard.MaxEntityBytes} are stored per write"));
            return null;
        }

        run.Intents = next;
        undertaking = run;
        return write;
    }

    public override EntityWrite? Expire(DateTimeOffset now)
    {
        if (intents.DeleteAt is not { } at || at > now || Version == 0)
            return null;
        undertaking = new Undertaking(kind.Decider.Initial, false) { Intents = Intents.None, IsDeletion = true };
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

    public override object? WakeCommand(DateTimeOffset now) => intents.WakeAt is { } at && at <= now ? kind.Decider.Wake : null;

    protected override void Restore(StoredEntity? stored, IReadOnlyList<StoredEvent>? history)
    {
        if (stored is null)
            return;
        state = history is null
            ? memory is null ? kind.Codec.DecodeState(stored.State.Data) : kind.Codec.DecodeState(memory.Unwrap(stored.State.Data))
            : history.Aggregate(kind.Decider.Initial, (folded, item) => kind.Decider.Evolve(folded, Decode(item.Event)));
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
        (state, intents, leased) = (run.State, run.Intents, run.Leased);
        Version = run.IsDeletion ? 0 : Version + run.Events.Count;
        Shard.NoteDue(Key, intents);
        if (!run.IsDeletion)
            Shard.ObserverOf(kind)?.Changed(Key, before, state);
        run.SendReplies();
    }

    protected override void Abort(EntityFailure failure)
    {
        undertaking?.Fail(failure);
        undertaking = null;
    }

    private void Decide(EntityCommand command, Undertaking run)
    {
        if (command.Command is not TCommand typed)
        {
            run.Replies.Add((command, new EntityFailure(EntityFailureReason.Faulted, $"{command.Command.GetType().Name} is no command of {kind.Name}")));
            return;
        }

        if (command.CommandId is { } id && memory?.Find(id) is { } remembered)
        {
            run.Replies.Add((command, remembered));
            return;
        }

        Decision<TEvent> decision;
        try
        {
            decision = kind.Decider.Decide(run.State, typed, Shard.Context(Key));
        }
#pragma warning disable CA1031 // a decider that throws must not take its shard's other entities down
        catch (Exception error)
        {
            Shard.ReportFault(Key, error);
            run.Replies.Add((command, new EntityFailure(EntityFailureReason.Faulted, error.Message)));
            return;
        }
#pragma warning restore CA1031

        run.Apply(decision, kind.Decider);
        run.Replies.Add((command, decision.Reply));
        if (command.CommandId is { } commandId && decision.Events.Count > 0)
            memory?.Add(commandId, decision.Reply);
    }

    private EntityWrite Encode(Undertaking run, Intents next)
    {
        var now = Shard.Now;
        var events = run.Events.Count == 0 ? [] : new EncodedEvent[run.Events.Count];
        for (var i = 0; i < events.Length; i++)
            events[i] = new EncodedEvent(kind.Codec.TypeOf(run.Events[i]), now, kind.Codec.EncodeEvent(run.Events[i]));
        var (removed, added) = IndexChanges.Between(DueIndex.EntriesOf(intents), DueIndex.EntriesOf(next));
        return new EntityWrite
        {
            Key = Key,
            Shard = Shard.Number,
            Epoch = Shard.Epoch,
            ExpectedVersion = Version,
            Events = events,
            State = events.Length == 0 ? null : new EncodedState(kind.Codec.Schema, EncodeState(run.HistoryState)),
            Lease = run.Lease is not null ? LeaseChange.Set : leased && !run.Leased ? LeaseChange.Clear : LeaseChange.Keep,
            NewLease = run.Lease is null ? null : new EncodedEvent(kind.Codec.TypeOf(run.Lease), now, kind.Codec.EncodeEvent(run.Lease)),
            Removed = removed,
            Added = added,
            ReleasedKey = intents.UniqueKey != next.UniqueKey ? intents.UniqueKey : null,
            ClaimedKey = intents.UniqueKey != next.UniqueKey ? next.UniqueKey : null,
        };
    }

    private ReadOnlyMemory<byte> EncodeState(TState history) =>
        memory is null ? kind.Codec.EncodeState(history) : memory.Wrap(kind.Codec.EncodeState(history));

    private TEvent Decode(EncodedEvent encoded) => kind.Codec.DecodeEvent(encoded.Type, encoded.Data);

    /// <summary>What the commands of one turn add up to, until it is written.</summary>
    private sealed class Undertaking(TState state, bool leased)
    {
        public TState State { get; private set; } = state;

        /// <summary>The state without the lease: what is stored beside the history.</summary>
        public TState HistoryState { get; private set; } = state;

        public List<TEvent> Events { get; } = [];

        public TEvent? Lease { get; private set; }

        public bool Leased { get; private set; } = leased;

        public Intents Intents { get; set; } = Intents.None;

        public bool IsDeletion { get; init; }

        public bool HasChanged => Events.Count > 0 || Lease is not null;

        public List<(EntityCommand Command, object? Reply)> Replies { get; } = [];

        public void Apply(in Decision<TEvent> decision, IDecider<TState, TCommand, TEvent> decider)
        {
            foreach (var happened in decision.Events)
            {
                State = decider.Evolve(State, happened);
                Events.Add(happened);
                (Lease, Leased, HistoryState) = (null, false, State);
            }

            if (decision.Lease is { } lease)
            {
                State = decider.Evolve(State, lease);
                (Lease, Leased) = (lease, true);
            }
        }

        public void SendReplies()
        {
            foreach (var (command, reply) in Replies)
                command.Replies?.Reply(command.Slot, reply);
        }

        public void Fail(EntityFailure failure)
        {
            foreach (var (command, _) in Replies)
                command.Replies?.Reply(command.Slot, failure);
        }
    }
}
