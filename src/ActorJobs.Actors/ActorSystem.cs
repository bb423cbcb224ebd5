using ActorJobs.Actors.Cells;
using ActorJobs.Actors.Dispatch;
using ActorJobs.Actors.Supervision;

namespace ActorJobs.Actors;

/// <summary>A tree of actors with one clock, one dispatcher and one stream of events.</summary>
public sealed class ActorSystem : IAsyncDisposable
{
    private readonly ActorCell<RootMessage> root;

    /// <summary>Starts an empty tree.</summary>
    /// <param name="options">Clock, dispatcher and thresholds; null for the defaults.</param>
    public ActorSystem(ActorSystemOptions? options = null)
    {
        Options = options ?? new ActorSystemOptions();
        Events = new ActorEvents();
        root = new ActorCell<RootMessage>(this, null, "", new Props<RootMessage>(() => new Root()) { Strategy = Options.RootStrategy });
        root.PostSystem(new SystemMessage.Start());
    }

    /// <summary>What happens to actors: failures, restarts, dead letters, slow turns.</summary>
    public ActorEvents Events { get; }

    /// <summary>The clock of all actors.</summary>
    public TimeProvider Time => Options.Time;

    internal ActorSystemOptions Options { get; }

    internal Dispatcher Dispatcher => Options.Dispatcher;

    /// <summary>Starts a top-level actor.</summary>
    public ActorRef<TMessage> Spawn<TMessage>(Props<TMessage> props, string name) => root.Spawn(props, name);

    /// <summary>The tree as it is now, parents before children.</summary>
    public IReadOnlyList<ActorSnapshot> Tree() => [.. root.Snapshots()];

    /// <summary>One actor as it is now, or null when there is none at the path.</summary>
    public ActorSnapshot? Find(string path) => root.Find(path)?.Snapshot;

    /// <summary>Stops all actors, children before parents, and waits for the end.</summary>
    /// <param name="timeout">When to give up waiting with a <see cref="TimeoutException"/>.</param>
    public Task StopAsync(TimeSpan timeout)
    {
        root.PostSystem(new SystemMessage.Stop());
        return root.Terminated.WaitAsync(timeout, Time);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.FromSeconds(30)).ConfigureAwait(false);

    private sealed record RootMessage;

    private sealed class Root : Actor<RootMessage>
    {
        protected internal override ValueTask ReceiveAsync(RootMessage message, ActorContext<RootMessage> context) => default;
    }
}

/// <summary>What an <see cref="ActorSystem"/> runs on.</summary>
public sealed record ActorSystemOptions
{
    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where turns run. Default: the thread pool.</summary>
    public Dispatcher Dispatcher { get; init; } = Dispatcher.ThreadPool;

    /// <summary>How failures of top-level actors are decided. Default: <see cref="SupervisorStrategy.Default"/>.</summary>
    public SupervisorStrategy RootStrategy { get; init; } = SupervisorStrategy.Default;

    /// <summary>A message handled for longer than this is reported as <see cref="SlowTurn"/>. Default: 200 milliseconds.</summary>
    public TimeSpan SlowTurn { get; init; } = TimeSpan.FromMilliseconds(200);
}

/// <summary>An actor at one instant.</summary>
/// <param name="Path">Where it is in the tree.</param>
/// <param name="State">What it is doing.</param>
/// <param name="MailboxDepth">How many messages wait.</param>
/// <param name="Restarts">How often it was restarted.</param>
public sealed record ActorSnapshot(string Path, ActorState State, int MailboxDepth, int Restarts);

/// <summary>Where an actor is in its life.</summary>
public enum ActorState
{
    /// <summary>Not yet started.</summary>
    Starting,

    /// <summary>Handles messages.</summary>
    Running,

    /// <summary>Failed, waits for its supervisor.</summary>
    Failed,

    /// <summary>Waits for its children to stop before it is made anew.</summary>
    Restarting,

    /// <summary>Waits for its children to stop before it ends.</summary>
    Stopping,

    /// <summary>Ended.</summary>
    Stopped,
}
