namespace ActorJobs;

/// <summary>Steers queues and pools. A queue's settings are durable; a pool's size lasts until its process ends.</summary>
public interface IQueueControl
{
    /// <summary>The queues that hold jobs, are configured or were steered.</summary>
    ValueTask<IReadOnlyList<QueueView>> ListQueuesAsync(CancellationToken cancellationToken = default);

    /// <summary>One queue, or null when it was never heard of.</summary>
    ValueTask<QueueView?> FindQueueAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Changes a queue; what is null stays.</summary>
    ValueTask<QueueView> ChangeQueueAsync(string name, QueueChange change, CancellationToken cancellationToken = default);

    /// <summary>The pools of this node.</summary>
    ValueTask<IReadOnlyList<PoolView>> ListPoolsAsync(CancellationToken cancellationToken = default);

    /// <summary>Resizes a pool (1 to 10 000 slots), or returns null when there is none of that name.</summary>
    ValueTask<PoolView?> ResizePoolAsync(string name, int size, CancellationToken cancellationToken = default);
}

/// <summary>What to change about a queue; null leaves it as it is.</summary>
/// <param name="Paused">Whether no job starts.</param>
/// <param name="Draining">Whether no job is accepted.</param>
/// <param name="Capacity">How many jobs may wait.</param>
public sealed record QueueChange(bool? Paused = null, bool? Draining = null, long? Capacity = null);
