using ActorJobs.Actors.Cells;

namespace ActorJobs.Actors;

/// <summary>The handle to an actor: where messages are sent. Safe to use from anywhere, also after the actor has stopped.</summary>
public sealed class ActorRef<TMessage>
{
    private readonly ActorCell<TMessage> cell;

    internal ActorRef(ActorCell<TMessage> cell) => this.cell = cell;

    /// <summary>Where the actor is in the tree, for instance <c>/pools/default</c>.</summary>
    public string Path => cell.Path;

    internal ActorCell<TMessage> Cell => cell;

    /// <summary>
    /// Posts a message and returns at once. A message that cannot be delivered (the actor has stopped, its mailbox is full) becomes a
    /// <see cref="DeadLetter"/> event.
    /// </summary>
    public void Tell(TMessage message) => cell.Post(message);

    /// <summary>Posts a message that carries where to reply, and waits for the reply.</summary>
    /// <param name="message">Makes the message around the place to reply to.</param>
    /// <param name="timeout">When to give up with a <see cref="TimeoutException"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<TReply> AskAsync<TReply>(
        Func<ReplyTo<TReply>, TMessage> message, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var reply = new ReplyTo<TReply>();
        Tell(message(reply));
        try
        {
            return await reply.Task.WaitAsync(timeout, cell.System.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Path} did not answer a {typeof(TMessage).Name} within {timeout}.");
        }
    }

    /// <summary>Asks the actor to stop after the message it is handling; what is still in its mailbox becomes dead letters.</summary>
    public void Stop() => cell.PostSystem(new SystemMessage.Stop());

    /// <inheritdoc/>
    public override string ToString() => Path;
}
