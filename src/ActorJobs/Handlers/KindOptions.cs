using System.ComponentModel.DataAnnotations;

namespace ActorJobs;

/// <summary>Defaults for the jobs of one kind; a request may override each. Bound from <c>ActorJobs:Handlers:{kind}</c>.</summary>
[ClosedSettings]
public sealed class KindOptions
{
    /// <summary>The queue its jobs go to. Default: <c>default</c>.</summary>
    [Required]
    public string Queue { get; set; } = "default";

    /// <summary>0 to 9, 9 first. Default: 5.</summary>
    [Range(0, 9)]
    public int Priority { get; set; } = 5;

    /// <summary>How many attempts a job may have, 1 to 1000. Default: 10.</summary>
    [Range(1, 1000)]
    public int MaxAttempts { get; set; } = 10;

    /// <summary>How long to wait between attempts. Default: exponential from 2 s, doubling, to 1 h, with full jitter.</summary>
    public Backoff Backoff { get; set; } = Backoff.Default;

    /// <summary>Other waits for some exceptions, by the exception's type name (without namespace).</summary>
    public IDictionary<string, Backoff> BackoffByException { get; } = new Dictionary<string, Backoff>(StringComparer.Ordinal);

    /// <summary>Exceptions (type names without namespace) that no retry can mend.</summary>
    public ISet<string> PermanentExceptions { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>What its jobs need to succeed, by a name: while the circuit breaker of that name is open, they wait. Default: null, nothing.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Dependency { get; set; }

    /// <summary>When an attempt is abandoned and fenced. Default: 30 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "366.00:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a job is kept after it completed, was cancelled or expired. Default: 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "36600.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long a dead letter is kept. Default: 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "36600.00:00:00")]
    public TimeSpan DeadLetterRetention { get; set; } = TimeSpan.FromDays(30);
}
