namespace ActorJobs.Actors.Dispatch;

/// <summary>Where actors' turns run.</summary>
public abstract class Dispatcher
{
    /// <summary>The runtime's thread pool.</summary>
    public static Dispatcher ThreadPool { get; } = new ThreadPoolDispatcher();

    /// <summary>Has the item executed once, soon, never on the caller's stack.</summary>
    public abstract void Schedule(IThreadPoolWorkItem item);

    private sealed class ThreadPoolDispatcher : Dispatcher
    {
        // the woken actor works on what the waking one has just touched: keep it on this core
        public override void Schedule(IThreadPoolWorkItem item) => System.Threading.ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: true);
    }
}
