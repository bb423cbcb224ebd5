using ActorJobs.Actors;
using ActorJobs.Pools;
using ActorJobs.Queues.Pulling;

namespace ActorJobs.Queues;

/// <summary>A pool as the fetcher sees it: one of this node's, or one of another node that pulls work from here. Used in the fetcher's turns.</summary>
/// <param name="node">The node it is on.</param>
/// <param name="name">Its name.</param>
/// <param name="served">The queues it serves.</param>
internal sealed class FetcherPool(string node, string name, ServedQueues served)
{
    public string Node => node;

    public string Name => name;

    public ServedQueues Served => served;

    /// <summary>The pool's actor; null when it is on another node.</summary>
    public ActorRef<PoolMessage>? Local { get; init; }

    /// <summary>For a pool of this node: which of its introductions counts.</summary>
    public int Introduction { get; init; }

    /// <summary>For a pool of another node: the pull that gets its jobs.</summary>
    public Pull? Pull { get; init; }

    /// <summary>How many more jobs it takes.</summary>
    public int Credit { get; set; }

    /// <summary>How many of its places are beyond its slots.</summary>
    public int Ahead { get; set; }
}

/// <summary>Which queues a pool serves: those named, or every one except those that other pools serve.</summary>
/// <param name="Named">The queues' names; empty for every other one.</param>
/// <param name="Except">With no names: those of the other pools.</param>
internal sealed record ServedQueues(IReadOnlyList<string> Named, IReadOnlyCollection<string> Except)
{
    public bool Has(string queue) => Named.Count > 0 ? Named.Contains(queue) : !Except.Contains(queue);
}
