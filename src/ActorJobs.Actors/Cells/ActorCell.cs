using ActorJobs.Actors.Dispatch;
using ActorJobs.Actors.Supervision;

namespace ActorJobs.Actors.Cells;

/// <summary>What cells of all message types have in common: a place in the tree, children, and the decisions about them.</summary>
internal abstract class ActorCell(ActorSystem system, ActorCell? parent, string name, SupervisorStrategy strategy)
{
    // written by this cell's turns and by Spawn, which is called in them (the root's: by anyone, hence the lock)
    private readonly Dictionary<string, ActorCell> children = [];
    private readonly Lock childrenGate = new();
    private readonly Completion<bool> terminated = new(system.Dispatcher);
    private readonly RestartWindow restartWindow = new(); // the parent's turns
    private readonly List<ActorCell> escalated = []; // children this cell has failed for; its turns
    private bool takesNoChildren; // guarded by childrenGate

    public ActorSystem System { get; } = system;

    public string Path { get; } = parent is null ? "/" : parent.Path.TrimEnd('/') + "/" + name;

    /// <summary>Ends when the actor has.</summary>
    public Task Terminated => terminated.Task;

    protected ActorCell? Parent { get; } = parent;

    public abstract ActorSnapshot Snapshot { get; }

    protected bool HasChildren
    {
        get
        {
            lock (childrenGate)
                return children.Count > 0;
        }
    }

    private string Name { get; } = name;

    public abstract void PostSystem(SystemMessage message);

    public ActorRef<TChild> Spawn<TChild>(Props<TChild> props, string childName)
    {
        ArgumentException.ThrowIfNullOrEmpty(childName);
        var child = new ActorCell<TChild>(System, this, childName, props);
        lock (childrenGate)
        {
            if (takesNoChildren)
                throw new InvalidOperationException($"{Path} has stopped and takes no child '{childName}'.");
            if (!children.TryAdd(childName, child))
                throw new ArgumentException($"{Path} has a child '{childName}' already.", nameof(childName));
        }

        child.PostSystem(new SystemMessage.Start());
        return child.Ref;
    }

    public IEnumerable<ActorSnapshot> Snapshots() => ChildList().SelectMany(child => child.Snapshots()).Prepend(Snapshot);

    /// <summary>The cell at a path below this one.</summary>
    public ActorCell? Find(string path)
    {
        var cell = this;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (cell.Child(name) is not { } child)
                return null;
            cell = child;
        }

        return cell;
    }

    protected void StopChildren()
    {
        foreach (var child in ChildList())
            child.PostSystem(new SystemMessage.Stop());
    }

    /// <summary>A child started from now on would be stopped by nobody.</summary>
    protected void CloseToChildren()
    {
        lock (childrenGate)
            takesNoChildren = true;
    }

    /// <summary>The failure was not this cell's own: when it goes on, so do the children it failed for.</summary>
    protected void ResumeEscalated()
    {
        foreach (var child in escalated)
            child.PostSystem(new SystemMessage.Resume());
        escalated.Clear();
    }

    protected void RemoveChild(ActorCell child)
    {
        escalated.Remove(child);
        lock (childrenGate)
            children.Remove(child.Name);
    }

    protected void CompleteTermination() => terminated.Set(true);

    /// <summary>Applies this parent's strategy to a child's failure.</summary>
    protected void DecideFailure(ActorCell child, Exception error)
    {
        var directive = strategy.Decide(error);
        if (directive == Directive.Escalate && Parent is null)
            directive = Directive.Stop; // there is nobody above to decide
        var backoff = TimeSpan.Zero;
        if (directive == Directive.Restart)
        {
            if (strategy.BackoffBefore(child.restartWindow.Count(System.Time, strategy.Within)) is { } wait)
                backoff = wait;
            else
                directive = Directive.Stop;
        }

        System.Events.Publish(new ActorFailed(child.Path, error, directive));
        switch (directive)
        {
            case Directive.Resume:
                child.PostSystem(new SystemMessage.Resume());
                break;
            case Directive.Restart when backoff == TimeSpan.Zero:
                child.PostSystem(new SystemMessage.Restart());
                break;
            case Directive.Restart:
                child.RestartAfter(backoff);
                break;
            case Directive.Stop:
                child.PostSystem(new SystemMessage.Stop());
                break;
            default:
                escalated.Add(child);
                Fail(error);
                break;
        }
    }

    /// <summary>Suspends the actor and tells its parent.</summary>
    protected abstract void Fail(Exception error);

    // One-shot: the timer is rooted by the time provider until it fires; a Stop that comes first makes the Restart a message to a stopped cell.
    private void RestartAfter(TimeSpan backoff) =>
        System.Time.CreateTimer(static cell => ((ActorCell)cell!).PostSystem(new SystemMessage.Restart()), this, backoff, Timeout.InfiniteTimeSpan);

    private ActorCell? Child(string childName)
    {
        lock (childrenGate)
            return children.GetValueOrDefault(childName);
    }

    private ActorCell[] ChildList()
    {
        lock (childrenGate)
            return [.. children.Values];
    }
}
