using ActorJobs.Actors.Dispatch;

namespace ActorJobs.Pools;

/// <summary>What a pool keeps across its restarts: answers to what it sent before one come after it. Used in the pool's turns only.</summary>
internal sealed class PoolMemory(int size, TimeSpan latency)
{
    /// <summary>How many slots it was last told to have.</summary>
    public int Size { get; set; } = size;

    /// <summary>Between which it scales itself; null when its size is fixed.</summary>
    public PoolBounds? Bounds { get; set; }

    /// <summary>How long jobs may wait before it grows.</summary>
    public TimeSpan Latency => latency;

    /// <summary>What its scaling has seen so far.</summary>
    public ScaleState Scale { get; set; }

    /// <summary>How many outcomes are on their way to the store.</summary>
    public int Unsettled { get; set; }

    /// <summary>Set once nothing more may start; completed when nothing runs any more.</summary>
    public Completion<bool>? Drained { get; set; }
}
