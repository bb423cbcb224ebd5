namespace ActorJobs.Actors.Dispatch;

/// <summary>
/// A task that ends in some actor's turn. What waits for it goes on by way of the dispatcher: never inside of that turn, and in a test in the drawn
/// order like everything else.
/// </summary>
/// <typeparam name="T">What it brings.</typeparam>
/// <param name="dispatcher">Where what waits goes on.</param>
public sealed class Completion<T>(Dispatcher dispatcher) : IThreadPoolWorkItem
{
    private readonly TaskCompletionSource<T> source = new();
    private T? result; // written once, by whoever completes first, before the item is scheduled
    private int isSet;

    /// <summary>The task.</summary>
    public Task<T> Task => source.Task;

    /// <summary>Ends the task, soon; a second time changes nothing.</summary>
    public void Set(T value)
    {
        if (Interlocked.Exchange(ref isSet, 1) == 1)
            return;
        result = value;
        dispatcher.Schedule(this);
    }

    void IThreadPoolWorkItem.Execute() => source.TrySetResult(result!);
}
