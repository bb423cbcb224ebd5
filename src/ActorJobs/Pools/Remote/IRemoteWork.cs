namespace ActorJobs;

/// <summary>Hands jobs to workers outside of this process and hears from them. A lease is a claim, its attempt's number and a token that only its worker knows.</summary>
public interface IRemoteWork
{
    /// <summary>Waits for jobs of a remote pool.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="request">How many, and for how long to wait.</param>
    /// <param name="cancellationToken">The worker has gone: what was claimed for it is kept for the next one.</param>
    ValueTask<LeaseResult> LeaseAsync(string pool, LeaseRequest request, CancellationToken cancellationToken = default);

    /// <summary>Takes in what a worker says of a lease, on whichever node the lease is held.</summary>
    ValueTask<LeaseAnswer> TellAsync(LeaseCall call, CancellationToken cancellationToken = default);
}

/// <summary>A worker asks for jobs.</summary>
/// <param name="Worker">Its name, for people.</param>
/// <param name="Limit">How many it takes, 1 to 100.</param>
/// <param name="Wait">How long it waits for the first one, up to a minute.</param>
public sealed record LeaseRequest(string Worker, int Limit, TimeSpan Wait)
{
    /// <summary>How many jobs one request may bring.</summary>
    public const int MaxLimit = 100;

    /// <summary>How long one request may wait.</summary>
    public static TimeSpan MaxWait { get; } = TimeSpan.FromMinutes(1);
}

/// <summary>What a request for jobs brings.</summary>
public abstract record LeaseResult
{
    private LeaseResult()
    {
    }

    /// <summary>Jobs to run; none when none came in time.</summary>
    public sealed record Leased(IReadOnlyList<LeasedJob> Jobs) : LeaseResult;

    /// <summary>There is no pool of that name.</summary>
    public sealed record NoSuchPool : LeaseResult;

    /// <summary>The pool runs its jobs itself.</summary>
    public sealed record NotRemote : LeaseResult;

    /// <summary>The node is ending, or more workers wait than it lets.</summary>
    public sealed record Unavailable(string Reason, TimeSpan RetryAfter) : LeaseResult;
}

/// <summary>A job in a worker's hands.</summary>
/// <param name="Id">The job.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Token">What proves that the worker holds it.</param>
/// <param name="Kind">What to run.</param>
/// <param name="Args">With what.</param>
/// <param name="Queue">The queue it came from.</param>
/// <param name="MaxAttempts">How many attempts it may have.</param>
/// <param name="Tenant">For whom it runs.</param>
/// <param name="Meta">The caller's free text.</param>
/// <param name="Checkpoint">What an earlier attempt has left to go on from.</param>
/// <param name="Timeout">How long the attempt may take in all.</param>
/// <param name="Lease">How long the worker may be silent.</param>
/// <param name="ExpiresAt">When it counts as lost unless the worker is heard of.</param>
public sealed record LeasedJob(
    JobId Id,
    int Attempt,
    string Token,
    string Kind,
    RawJson Args,
    string Queue,
    int MaxAttempts,
    string? Tenant,
    IReadOnlyDictionary<string, string> Meta,
    RawJson? Checkpoint,
    TimeSpan Timeout,
    TimeSpan Lease,
    DateTimeOffset ExpiresAt);

/// <summary>What a worker says of a lease: that it still works, what it has reached, or how it ended.</summary>
/// <param name="Token">The lease's token.</param>
/// <param name="Job">The job it is for; null where the token alone is shown.</param>
/// <param name="Attempt">The attempt it is for; null where the token alone is shown.</param>
public sealed record LeaseCall(string Token, string? Job, int? Attempt)
{
    /// <summary>How it ended; null while it goes on.</summary>
    public JobOutcome? Outcome { get; init; }

    /// <summary>How far it is, 0 to 1; null says nothing.</summary>
    public double? Fraction { get; init; }

    /// <summary>What is being done.</summary>
    public string? Message { get; init; }

    /// <summary>Lines for the job's log.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];

    /// <summary>What the next attempt can go on from; durable once answered.</summary>
    public RawJson? Checkpoint { get; init; }
}

/// <summary>How things stand with a lease.</summary>
/// <param name="State">How.</param>
/// <param name="ExpiresAt">While it is held: when it counts as lost unless the worker is heard of.</param>
/// <param name="Detail">For a person: why.</param>
public sealed record LeaseAnswer(LeaseState State, DateTimeOffset? ExpiresAt = null, string? Detail = null);

/// <summary>How things stand with a lease.</summary>
public enum LeaseState
{
    /// <summary>The worker holds it.</summary>
    Held,

    /// <summary>The worker holds it, and is asked to stop: somebody has cancelled the job.</summary>
    Cancelled,

    /// <summary>It has ended with the outcome that this worker has told, durably. Telling it again gets the same answer.</summary>
    Ended,

    /// <summary>It is over: expired, timed out, cancelled, or never was. What the worker told has changed nothing.</summary>
    Lost,

    /// <summary>It cannot be said now; to be told again.</summary>
    Unknown,
}
