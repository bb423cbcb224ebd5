using System.Text.Json.Serialization;

namespace ActorJobs;

/// <summary>Submits jobs and asks about them, in process. The HTTP front door is a translation of this.</summary>
public interface IJobClient
{
    /// <summary>Submits a job. The answer leaves when the job is durable.</summary>
    ValueTask<SubmitResult> SubmitAsync(JobRequest request, CancellationToken cancellationToken = default);

    /// <summary>Submits many jobs; each is accepted or refused on its own, in the order of the list.</summary>
    ValueTask<IReadOnlyList<SubmitResult>> SubmitManyAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken = default);

    /// <summary>The job as it is now, or null when there is none.</summary>
    ValueTask<JobView?> FindAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Asks the job to stop. A running attempt gets its token cancelled.</summary>
    ValueTask<JobCommandResult> CancelAsync(JobId id, string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Makes an ended job that did not complete, or one that waits for its retry, available again, with other arguments if given.</summary>
    ValueTask<JobCommandResult> RetryAsync(JobId id, RawJson? args = null, CancellationToken cancellationToken = default);

    /// <summary>Makes a scheduled or retryable job available now.</summary>
    ValueTask<JobCommandResult> PromoteAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// The job's changes as they happen, beginning with how it is now, ending after its end. A slow reader misses intermediate views, never the last.
    /// </summary>
    IAsyncEnumerable<JobView> WatchAsync(JobId id, CancellationToken cancellationToken = default);
}

/// <summary>What became of a submit.</summary>
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(Invalid), "invalid")]
[JsonDerivedType(typeof(QueueFull), "queue-full")]
[JsonDerivedType(typeof(Conflict), "conflict")]
[JsonDerivedType(typeof(Unavailable), "unavailable")]
public abstract record SubmitResult
{
    private SubmitResult()
    {
    }

    /// <summary>The job is durable.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="State">Its state.</param>
    /// <param name="Durability">The level reached: <c>memory</c>, <c>fsync</c>, <c>everysec</c> or <c>replicated(n)</c>.</param>
    /// <param name="IsNew">False when the id or the unique key belonged to a job already there.</param>
    public sealed record Accepted(JobId Id, JobStatus State, string Durability, bool IsNew) : SubmitResult;

    /// <summary>The request is wrong.</summary>
    /// <param name="Problem">What is wrong.</param>
    public sealed record Invalid(JobProblem Problem) : SubmitResult;

    /// <summary>The queue is full, or draining.</summary>
    /// <param name="Queue">Which queue.</param>
    /// <param name="RetryAfter">When there should be room, by the measured drain rate.</param>
    public sealed record QueueFull(string Queue, TimeSpan RetryAfter) : SubmitResult
    {
        /// <summary>Whether the queue is draining: it takes no jobs until it is resumed, however few it has.</summary>
        public bool IsDraining { get; init; }

        /// <summary>The tenant whose quota of stored jobs is used up; null when it is the queue that takes no more.</summary>
        public string? Tenant { get; init; }

        /// <summary>With a tenant: its quota.</summary>
        public long Quota { get; init; }
    }

    /// <summary>The unique key is held by another job.</summary>
    public sealed record Conflict(JobId Holder, string Key) : SubmitResult;

    /// <summary>The store cannot be reached or the node is going down; nothing was accepted that this node knows of. Repeat with the same id.</summary>
    public sealed record Unavailable(string Reason, TimeSpan RetryAfter) : SubmitResult;
}

/// <summary>What is wrong with a request.</summary>
/// <param name="Code">A stable word, for instance <c>unknown-kind</c>.</param>
/// <param name="Detail">What was wrong and what is allowed.</param>
/// <param name="Field">The field it is about.</param>
public sealed record JobProblem(string Code, string Detail, string? Field = null);

/// <summary>What became of a command to a job.</summary>
public abstract record JobCommandResult
{
    private JobCommandResult()
    {
    }

    /// <summary>The command took effect, or had taken effect before.</summary>
    public sealed record Done(JobStatus State) : JobCommandResult;

    /// <summary>There is no such job.</summary>
    public sealed record NotFound : JobCommandResult;

    /// <summary>What came with the command is wrong. The job is as it was.</summary>
    public sealed record Invalid(JobProblem Problem) : JobCommandResult;

    /// <summary>The job's state does not allow it.</summary>
    public sealed record Refused(JobStatus State, string Reason) : JobCommandResult;

    /// <summary>The store cannot be reached or the node is going down.</summary>
    public sealed record Unavailable(string Reason, TimeSpan RetryAfter) : JobCommandResult;
}
