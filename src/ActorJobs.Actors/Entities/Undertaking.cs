namespace ActorJobs.Actors.Entities;

/// <summary>What the commands of one turn add up to, until it is written.</summary>
internal sealed class Undertaking<TState, TCommand, TEvent>(TState state, bool leased, CommandMemory memory)
    where TState : class
    where TCommand : class
    where TEvent : class
{
    public TState State { get; private set; } = state;

    /// <summary>The state without the lease: what is stored beside the history.</summary>
    public TState HistoryState { get; private set; } = state;

    public List<TEvent> Events { get; } = [];

    public TEvent? Lease { get; private set; }

    public bool Leased { get; private set; } = leased;

    public CommandMemory Memory { get; set; } = memory;

    public Intents Intents { get; set; } = Intents.None;

    public bool IsDeletion { get; init; }

    /// <summary>What the store holds of the entity's state: as before, until a state or events are encoded.</summary>
    public SnapshotPace Pace { get; set; }

    public bool HasChanged => Events.Count > 0 || Lease is not null;

    public List<(EntityCommand Command, object? Reply)> Replies { get; } = [];

    /// <summary>Takes a decision in, or throws and leaves everything as it was.</summary>
    public void Apply(in Decision<TEvent> decision, IDecider<TState, TCommand, TEvent> decider)
    {
        var history = State;
        foreach (var happened in decision.Events)
            history = decider.Evolve(history, happened);
        var next = decision.Lease is { } holds ? decider.Evolve(history, holds) : history;

        State = next;
        if (decision.Events.Count > 0)
        {
            Events.AddRange(decision.Events);
            (Lease, Leased, HistoryState) = (null, false, history);
        }

        if (decision.Lease is { } lease)
            (Lease, Leased) = (lease, true);
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
