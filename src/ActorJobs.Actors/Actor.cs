namespace ActorJobs.Actors;

/// <summary>
/// Something that holds changing state and handles one message at a time, so its fields need no locks.
/// Its protocol is <typeparamref name="TMessage"/>: by habit a closed hierarchy of records.
/// </summary>
/// <typeparam name="TMessage">What it understands.</typeparam>
public abstract class Actor<TMessage>
{
    /// <summary>Handles one message. An exception is a failure and goes to the supervisor.</summary>
    protected internal abstract ValueTask ReceiveAsync(TMessage message, ActorContext<TMessage> context);

    /// <summary>Runs before the first message, also after a restart.</summary>
    protected internal virtual ValueTask StartedAsync(ActorContext<TMessage> context) => default;

    /// <summary>Runs after the last message, also before a restart. All children have stopped.</summary>
    protected internal virtual ValueTask StoppedAsync(ActorContext<TMessage> context) => default;

    /// <summary>
    /// Runs when a batch of messages has been handled: the mailbox is empty or others get their turn. The place to send out what the batch
    /// has collected, so that work arriving together leaves together.
    /// </summary>
    protected internal virtual ValueTask TurnEndedAsync(ActorContext<TMessage> context) => default;
}
