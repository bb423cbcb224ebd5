using ActorJobs.Actors.Cells;
using ActorJobs.Actors.Timers;

namespace ActorJobs.Actors;

/// <summary>What an actor may do besides handling its message. To be used only inside the actor's own turns.</summary>
public sealed class ActorContext<TMessage>
{
    private readonly ActorCell<TMessage> cell;

    internal ActorContext(ActorCell<TMessage> cell)
    {
        this.cell = cell;
        Timers = new ActorTimers<TMessage>(cell);
    }

    /// <summary>The actor itself.</summary>
    public ActorRef<TMessage> Self => cell.Ref;

    /// <summary>The system it lives in.</summary>
    public ActorSystem System => cell.System;

    /// <summary>The clock.</summary>
    public TimeProvider Time => cell.System.Time;

    /// <summary>Messages to itself at a later time. They end with the actor, and with a restart.</summary>
    public ActorTimers<TMessage> Timers { get; }

    /// <summary>Starts a child. Its failures come to this actor's <see cref="Props{TMessage}.Strategy"/>.</summary>
    public ActorRef<TChild> Spawn<TChild>(Props<TChild> props, string name) => cell.Spawn(props, name);

    /// <summary>Has <paramref name="message"/> delivered to this actor when the other one has stopped, at once if it has already.</summary>
    public void Watch<TOther>(ActorRef<TOther> other, TMessage message) =>
        other.Cell.PostSystem(new SystemMessage.Watch(cell, () => cell.Post(message)));

    /// <summary>Stops a child after the message it is at.</summary>
    public void Stop<TChild>(ActorRef<TChild> child) => child.Cell.PostSystem(new SystemMessage.Stop());

    /// <summary>Stops this actor after the current message.</summary>
    public void Stop() => cell.PostSystem(new SystemMessage.Stop());

    /// <summary>
    /// Lets asynchronous work go on beside the actor and hands its end back as a message, so that the mailbox is not held meanwhile.
    /// </summary>
    public void PipeToSelf<TResult>(ValueTask<TResult> work, Func<TResult, TMessage> done, Func<Exception, TMessage> failed) =>
        _ = PipeAsync(cell.Ref, work, done, failed);

    private static async Task PipeAsync<TResult>(
        ActorRef<TMessage> self, ValueTask<TResult> work, Func<TResult, TMessage> done, Func<Exception, TMessage> failed)
    {
        TMessage message;
        try
        {
            message = done(await work.ConfigureAwait(false));
        }
#pragma warning disable CA1031 // the failure is not swallowed: it becomes the actor's message
        catch (Exception exception)
#pragma warning restore CA1031
        {
            message = failed(exception);
        }

        self.Tell(message);
    }
}
