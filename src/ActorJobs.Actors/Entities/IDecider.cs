namespace ActorJobs.Actors.Entities;

/// <summary>
/// Defines a durable actor by pure functions: no I/O, no clock, no random source in any of them. The shell around it stores the events, then
/// evolves, replies, and sees to the intents.
/// </summary>
/// <typeparam name="TState">What is known; immutable.</typeparam>
/// <typeparam name="TCommand">What may be asked.</typeparam>
/// <typeparam name="TEvent">What may happen: a closed hierarchy of records with stable names (see <see cref="EventTypeAttribute"/>).</typeparam>
public interface IDecider<TState, TCommand, TEvent>
    where TState : class
    where TCommand : class
    where TEvent : class
{
    /// <summary>The state before the first event.</summary>
    TState Initial { get; }

    /// <summary>What a command leads to. Repeating a command must change nothing more: answer as before, or refuse.</summary>
    Decision<TEvent> Decide(TState state, TCommand command, DecisionContext context);

    /// <summary>The state after an event. Never fails: what was stored has happened.</summary>
    TState Evolve(TState state, TEvent happened);

    /// <summary>What must be under way in this state. Called after every change and after recovery, so it must depend on the state alone.</summary>
    Intents Intents(TState state) => Entities.Intents.None;

    /// <summary>The command an entity gets when its <see cref="Entities.Intents.WakeAt"/> has come; null when it never asks for one.</summary>
    TCommand? Wake => null;

    /// <summary>
    /// The command an entity gets when messages of its <see cref="Entities.Intents.Outbox"/> were answered; what it decides must take them out of the
    /// intents, or they are sent again after a while. Null when it never sends any.
    /// </summary>
    TCommand? Answered(IReadOnlyList<OutboxAnswer> answers) => null;
}

/// <summary>What a decider may know besides state and command.</summary>
/// <param name="Key">Which entity decides.</param>
/// <param name="Now">The instant of the decision.</param>
/// <param name="Seed">A random number drawn for this decision.</param>
public readonly record struct DecisionContext(EntityKey Key, DateTimeOffset Now, ulong Seed)
{
    /// <summary>The seed as a number in [0, 1).</summary>
    public double Random => (Seed >> 11) * (1.0 / (1UL << 53));
}

/// <summary>What a command leads to.</summary>
/// <param name="Events">What happened, in order; goes into the history.</param>
/// <param name="Reply">The answer; leaves when the events are durable.</param>
public readonly record struct Decision<TEvent>(IReadOnlyList<TEvent> Events, object? Reply)
{
    /// <summary>
    /// A passing fact: kept durably beside the history, not in it, until the next <see cref="Lease"/> or the next event. It evolves the state
    /// like an event. For facts that matter only while they last, such as a running attempt.
    /// </summary>
    public TEvent? Lease { get; init; }
}

/// <summary>Makes decisions readable.</summary>
public static class Decision
{
    /// <summary>Nothing happens.</summary>
    public static Decision<TEvent> Reply<TEvent>(object? reply) => new([], reply);

    /// <summary>Something happened.</summary>
    public static Decision<TEvent> Happened<TEvent>(TEvent happened, object? reply) => new([happened], reply);

    /// <summary>Something holds for a while.</summary>
    public static Decision<TEvent> Holds<TEvent>(TEvent lease, object? reply) => new([], reply) { Lease = lease };
}

/// <summary>The stable name an event is stored by, for instance <c>cart.item-added.v1</c>. Without it the name is derived from the type's.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EventTypeAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}
