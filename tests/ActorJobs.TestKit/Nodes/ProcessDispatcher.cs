using ActorJobs.Actors.Dispatch;

namespace ActorJobs.TestKit.Nodes;

/// <summary>The turns of one process among several that a test drives together: it may be stopped for a while (SIGSTOP), or die.</summary>
internal sealed class ProcessDispatcher(DrivenDispatcher driven) : Dispatcher
{
    private readonly Queue<IThreadPoolWorkItem> stopped = new(); // guarded by itself
    private volatile bool isStopped;
    private volatile bool isDead;

    public bool IsDead => isDead;

    public override void Schedule(IThreadPoolWorkItem item)
    {
        if (!isDead)
            driven.Schedule(new Turn(this, item));
    }

    /// <summary>Nothing runs until <see cref="Continue"/>, and nothing is lost.</summary>
    public void Stop() => isStopped = true;

    /// <summary>Ends <see cref="Stop"/>.</summary>
    public void Continue()
    {
        isStopped = false;
        lock (stopped)
        {
            while (stopped.TryDequeue(out var item))
                Schedule(item);
        }
    }

    /// <summary>Nothing runs any more, as in a process that was killed.</summary>
    public void Kill() => isDead = true;

    private void Execute(IThreadPoolWorkItem item)
    {
        if (isDead)
            return;
        if (!isStopped)
        {
            item.Execute();
            return;
        }

        lock (stopped)
            stopped.Enqueue(item);
    }

    private sealed class Turn(ProcessDispatcher process, IThreadPoolWorkItem item) : IThreadPoolWorkItem
    {
        public void Execute() => process.Execute(item);
    }
}
