using ActorJobs.Actors.Entities;

namespace ActorJobs.Simulation.Faults;

/// <summary>Decides wrongly what a decider decides rightly.</summary>
/// <param name="inner">The decider as it should be.</param>
/// <param name="decide">What is decided instead; it may ask the right one.</param>
internal sealed class AlteredDecider<TState, TCommand, TEvent>(
    IDecider<TState, TCommand, TEvent> inner, WrongDecision<TState, TCommand, TEvent> decide) : IDecider<TState, TCommand, TEvent>
    where TState : class
    where TCommand : class
    where TEvent : class
{
    public TState Initial => inner.Initial;

    public TCommand? Wake => inner.Wake;

    public Decision<TEvent> Decide(TState state, TCommand command, DecisionContext context) => decide(inner, state, command, context);

    public TState Evolve(TState state, TEvent happened) => inner.Evolve(state, happened);

    public Intents Intents(TState state) => inner.Intents(state);

    public TCommand? Answered(IReadOnlyList<OutboxAnswer> answers) => inner.Answered(answers);
}

/// <summary>A decision that is not the decider's own.</summary>
internal delegate Decision<TEvent> WrongDecision<TState, TCommand, TEvent>(
    IDecider<TState, TCommand, TEvent> right, TState state, TCommand command, DecisionContext context)
    where TState : class
    where TCommand : class
    where TEvent : class;
