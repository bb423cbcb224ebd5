using ActorJobs.Actors.Dispatch;

namespace ActorJobs.Pools;

/// <summary>
/// Runs handlers on the thread pool, behind what waits there already and on any core, so that a long one does not hold up the turns of the actor that
/// started it.
/// </summary>
internal sealed class HandlerDispatcher : Dispatcher
{
    public override void Schedule(IThreadPoolWorkItem item) => System.Threading.ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
}
