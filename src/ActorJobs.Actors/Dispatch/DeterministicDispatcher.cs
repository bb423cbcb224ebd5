namespace ActorJobs.Actors.Dispatch;

/// <summary>
/// Runs turns on the caller's thread in an order drawn from a seed: the same seed and inputs give the same run. For tests and simulation.
/// </summary>
/// <param name="seed">Draws the order.</param>
public sealed class DeterministicDispatcher(int seed) : Dispatcher
{
    private readonly List<IThreadPoolWorkItem> ready = [];
    private readonly Random random = new(seed);
    private readonly Lock gate = new(); // guards ready and random: continuations of real I/O may schedule from other threads

    /// <inheritdoc/>
    public override void Schedule(IThreadPoolWorkItem item)
    {
        lock (gate)
            ready.Add(item);
    }

    /// <summary>Runs one turn. False when none waits.</summary>
    public bool RunOne()
    {
        IThreadPoolWorkItem item;
        lock (gate)
        {
            if (ready.Count == 0)
                return false;
            var index = random.Next(ready.Count);
            item = ready[index];
            ready[index] = ready[^1];
            ready.RemoveAt(ready.Count - 1);
        }

        item.Execute();
        return true;
    }

    /// <summary>Runs turns until none waits.</summary>
    /// <param name="limit">Throws <see cref="InvalidOperationException"/> after so many turns: the actors never come to rest.</param>
    public void RunUntilIdle(int limit = 1_000_000)
    {
        for (var turns = 0; RunOne(); turns++)
        {
            if (turns >= limit)
                throw new InvalidOperationException($"Still busy after {limit} turns.");
        }
    }
}
