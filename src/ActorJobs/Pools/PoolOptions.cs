using System.ComponentModel.DataAnnotations;

namespace ActorJobs;

/// <summary>A pool of slots. Bound from <c>ActorJobs:Pools:{name}</c>.</summary>
[ClosedSettings]
public sealed class PoolOptions
{
    /// <summary>The queues it serves. Default: every queue that no other pool serves.</summary>
    public IList<string> Queues { get; set; } = [];

    /// <summary>How many attempts run at once. Default: twice the cores.</summary>
    [Range(1, 10_000)]
    public int? Size { get; set; }

    /// <summary>With <see cref="Max"/>: the fewest slots. Default: null, which is 1.</summary>
    [Range(1, 10_000)]
    public int? Min { get; set; }

    /// <summary>The most slots: the pool grows and shrinks by how long jobs wait, in place of <see cref="Size"/>. Default: null, the size is fixed.</summary>
    [Range(1, 10_000)]
    public int? Max { get; set; }

    /// <summary>With <see cref="Max"/>: how long jobs may wait for a slot before the pool grows. Default: 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan Latency { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether each attempt runs in a child process, so that one that crashes, leaks or never ends harms nothing else (docs/pools.md). Default: false.
    /// </summary>
    public bool Isolated { get; set; }

    /// <summary>With <see cref="Isolated"/>: after how many attempts a process is replaced. Default: null, never.</summary>
    [Range(1, 1_000_000)]
    public int? RecycleAfter { get; set; }

    /// <summary>
    /// With <see cref="Isolated"/>: how many bytes of memory a process may hold. Beyond it the process is killed, and beyond three quarters of it it is replaced after its
    /// attempt. Default: null, no limit.
    /// </summary>
    [Range(16L << 20, 1L << 50)]
    [ByteSize]
    public long? MemoryLimit { get; set; }

    /// <summary>
    /// Whether its jobs are run by workers outside, in any language, that lease them over HTTP (docs/remote-workers.md). Such a pool has as many slots as its workers
    /// ask for, and is on every node with the role <c>front</c>. Default: false.
    /// </summary>
    public bool Remote { get; set; }

    /// <summary>With <see cref="Remote"/>: the kinds its workers know, so that jobs of them are accepted here. Default: none.</summary>
    public IList<string> Kinds { get; set; } = [];

    /// <summary>With <see cref="Remote"/>: how long a worker may be silent before its attempts count as lost. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);
}
