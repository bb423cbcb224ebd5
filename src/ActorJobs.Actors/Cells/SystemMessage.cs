namespace ActorJobs.Actors.Cells;

/// <summary>What cells say to each other; handled before any user message.</summary>
internal abstract record SystemMessage
{
    private SystemMessage()
    {
    }

    /// <summary>Make the actor and begin.</summary>
    public sealed record Start : SystemMessage;

    /// <summary>End, children first.</summary>
    public sealed record Stop : SystemMessage;

    /// <summary>Make the actor anew, children stop first.</summary>
    public sealed record Restart : SystemMessage;

    /// <summary>Go on after a failure.</summary>
    public sealed record Resume : SystemMessage;

    /// <summary>A child failed and waits for a directive.</summary>
    public sealed record ChildFailed(ActorCell Child, Exception Error) : SystemMessage;

    /// <summary>A child has stopped.</summary>
    public sealed record ChildStopped(ActorCell Child) : SystemMessage;

    /// <summary>Call <see cref="Notify"/> when stopped.</summary>
    public sealed record Watch(ActorCell Watcher, Action Notify) : SystemMessage;
}
