using System.ComponentModel.DataAnnotations;

namespace ActorJobs;

/// <summary>A queue's bounds. Bound from <c>ActorJobs:Queues:{name}</c>.</summary>
[ClosedSettings]
public sealed class QueueOptions
{
    /// <summary>How many jobs may wait in it; a submit beyond that answers <c>429</c>. Default: 10 million.</summary>
    [Range(0, long.MaxValue)]
    public long Capacity { get; set; } = 10_000_000;
}
