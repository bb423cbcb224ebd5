using ActorJobs.Actors.Dispatch;

namespace ActorJobs.TestKit.Nodes;

/// <summary>
/// Turns and handlers run only while a test drives them, in an order drawn from a seed. What other threads bring (a handler that went on after an
/// await) waits like everything else, and wakes the driver.
/// </summary>
internal sealed class DrivenDispatcher(int seed) : Dispatcher
{
    private readonly DeterministicDispatcher turns = new(seed);
    private TaskCompletionSource arrival = NewSignal(); // replaced by the driver, completed by anyone

    /// <summary>Ends when something is scheduled after this call.</summary>
    public Task NextArrival() => (arrival = NewSignal()).Task;

    public override void Schedule(IThreadPoolWorkItem item)
    {
        turns.Schedule(item);
        Volatile.Read(ref arrival).TrySetResult();
    }

    /// <summary>False when none waits.</summary>
    public bool RunOne() => turns.RunOne();

    public void RunUntilIdle() => turns.RunUntilIdle();

    // the driver must not go on inside of what it waits for
    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
