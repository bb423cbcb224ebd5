using System.ComponentModel.DataAnnotations;
using ActorJobs.Limits;

namespace ActorJobs;

/// <summary>A queue's bounds. Bound from <c>ActorJobs:Queues:{name}</c>; an operator's change of a limit wins over them.</summary>
[ClosedSettings]
public sealed class QueueOptions
{
    /// <summary>How many jobs may wait in it; a submit beyond that answers <c>429</c>. Default: 10 million.</summary>
    [Range(0, long.MaxValue)]
    public long Capacity { get; set; } = 10_000_000;

    /// <summary>
    /// What is added to its jobs' priorities when one pool serves several queues, 0 to 9: with a queue at 1, its jobs of priority 5 come before those of
    /// another queue, and before jobs there of priority 5 that wait up to 30 seconds longer. Default: 0.
    /// </summary>
    [Range(0, 9)]
    public int Priority { get; set; }

    /// <summary>How many of its jobs may start in any window, in the whole cluster: <c>50/s</c>, <c>1000/m</c>, <c>20/10s</c>. Default: null, any number.</summary>
    [RateText]
    public string? Rate { get; set; }

    /// <summary>How many of its jobs may run at once in the whole cluster, 1 to 10 000. Default: null, as many as pools have slots.</summary>
    [Range(1, 10_000)]
    public int? Concurrency { get; set; }

    /// <summary>As <see cref="Rate"/>, for the jobs with one concurrency key. Default: null, any number.</summary>
    [RateText]
    public string? KeyRate { get; set; }

    /// <summary>As <see cref="Concurrency"/>, for the jobs with one concurrency key. Default: null, any number.</summary>
    [Range(1, 10_000)]
    public int? KeyConcurrency { get; set; }
}
