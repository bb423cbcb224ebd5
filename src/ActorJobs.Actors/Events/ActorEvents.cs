namespace ActorJobs.Actors;

/// <summary>The stream of what happens to actors. Subscribers run on the publishing thread and must be quick.</summary>
public sealed class ActorEvents
{
    private Action<ActorEvent>[] subscribers = [];
    private long deadLetters;

    /// <summary>How many messages reached nobody since the start.</summary>
    public long DeadLetters => Interlocked.Read(ref deadLetters);

    /// <summary>Calls <paramref name="subscriber"/> for each event until the returned subscription is disposed.</summary>
    public IDisposable Subscribe(Action<ActorEvent> subscriber)
    {
        ImmutableSwap(list => [.. list, subscriber]);
        return new Subscription(this, subscriber);
    }

    /// <summary>Tells all subscribers.</summary>
    public void Publish(ActorEvent actorEvent)
    {
        if (actorEvent is DeadLetter)
            Interlocked.Increment(ref deadLetters);
        foreach (var subscriber in Volatile.Read(ref subscribers))
            subscriber(actorEvent);
    }

    private void ImmutableSwap(Func<Action<ActorEvent>[], Action<ActorEvent>[]> change)
    {
        Action<ActorEvent>[] before;
        do
        {
            before = Volatile.Read(ref subscribers);
        }
        while (Interlocked.CompareExchange(ref subscribers, change(before), before) != before);
    }

    private sealed class Subscription(ActorEvents events, Action<ActorEvent> subscriber) : IDisposable
    {
        public void Dispose() => events.ImmutableSwap(list => [.. list.Where(item => item != subscriber)]);
    }
}

/// <summary>Something that happened to an actor.</summary>
/// <param name="Path">Which actor.</param>
public abstract record ActorEvent(string Path);

/// <summary>A message reached nobody.</summary>
public sealed record DeadLetter(string Path, object? Message, string Reason) : ActorEvent(Path);

/// <summary>An actor failed; what its supervisor decided.</summary>
public sealed record ActorFailed(string Path, Exception Error, Supervision.Directive Directive) : ActorEvent(Path);

/// <summary>An actor was made anew.</summary>
public sealed record ActorRestarted(string Path, int Restarts) : ActorEvent(Path);

/// <summary>An actor has stopped.</summary>
public sealed record ActorStopped(string Path) : ActorEvent(Path);

/// <summary>A message was handled for longer than the threshold: its actor blocks the thread, or does too much in one turn.</summary>
public sealed record SlowTurn(string Path, Type MessageType, TimeSpan Duration) : ActorEvent(Path);
