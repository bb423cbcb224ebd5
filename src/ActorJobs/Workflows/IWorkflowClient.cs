using System.Text.Json.Serialization;

namespace ActorJobs;

/// <summary>Starts workflows and asks about them, in process. The HTTP front door is a translation of this.</summary>
public interface IWorkflowClient
{
    /// <summary>Starts a workflow. The answer leaves when it is durable; its jobs follow, whatever happens to this node.</summary>
    ValueTask<WorkflowStartResult> StartAsync(WorkflowRequest request, CancellationToken cancellationToken = default);

    /// <summary>The workflow as it is now, or null when there is none.</summary>
    ValueTask<WorkflowView?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Workflows, newest first within a status, those under way first.</summary>
    /// <param name="status">Only those in this status, or null for all.</param>
    /// <param name="cursor">The last page's <see cref="WorkflowPage.Next"/>, or null. One that is none of ours throws <see cref="FormatException"/>.</param>
    /// <param name="limit">1 to 1 000.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<WorkflowPage> ListAsync(WorkflowStatus? status, string? cursor, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stops a running workflow: what waits is skipped, what runs is cancelled. Completed nodes that can be compensated are, unless
    /// <paramref name="compensate"/> is false.
    /// </summary>
    ValueTask<WorkflowCommandResult> CancelAsync(
        string id, string? reason = null, bool compensate = true, CancellationToken cancellationToken = default);

    /// <summary>Runs the failed nodes of a failed or cancelled workflow again, and goes on from there; what has completed is kept.</summary>
    ValueTask<WorkflowCommandResult> RetryAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds nodes to a running workflow; they may wait for any that are there, ended or not. Adding the same nodes again changes nothing.
    /// </summary>
    ValueTask<WorkflowCommandResult> AddAsync(string id, IReadOnlyList<WorkflowJob> jobs, CancellationToken cancellationToken = default);
}

/// <summary>What became of a start.</summary>
public abstract record WorkflowStartResult
{
    private WorkflowStartResult()
    {
    }

    /// <summary>The workflow is durable.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Status">Its status.</param>
    /// <param name="Durability">The level reached: <c>memory</c>, <c>fsync</c>, <c>everysec</c> or <c>replicated(n)</c>.</param>
    /// <param name="IsNew">False when there was one of that id.</param>
    public sealed record Accepted(string Id, WorkflowStatus Status, string Durability, bool IsNew) : WorkflowStartResult;

    /// <summary>The request is wrong.</summary>
    public sealed record Invalid(JobProblem Problem) : WorkflowStartResult;

    /// <summary>
    /// A node would get the id of a job or workflow that is there already: left by an earlier workflow of this id, of which it is kept longer, or made by
    /// somebody else. Take another id for the workflow.
    /// </summary>
    /// <param name="Id">That id.</param>
    public sealed record IdTaken(string Id) : WorkflowStartResult;

    /// <summary>There is one of that id, which was started with another <see cref="WorkflowRequest.Fingerprint"/>. Nothing has changed.</summary>
    public sealed record Conflict(string Id) : WorkflowStartResult;

    /// <summary>A queue that it needs takes no jobs now.</summary>
    public sealed record QueueFull(string Queue, TimeSpan RetryAfter) : WorkflowStartResult
    {
        /// <summary>Whether the queue is draining: it takes no jobs until it is resumed.</summary>
        public bool IsDraining { get; init; }
    }

    /// <summary>The store cannot be reached or the node is going down. Repeat with the same id.</summary>
    public sealed record Unavailable(string Reason, TimeSpan RetryAfter) : WorkflowStartResult;
}

/// <summary>What became of a command to a workflow.</summary>
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(NotFound), "not-found")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(Invalid), "invalid")]
[JsonDerivedType(typeof(Unavailable), "unavailable")]
public abstract record WorkflowCommandResult
{
    private WorkflowCommandResult()
    {
    }

    /// <summary>The command took effect, or had taken effect before.</summary>
    public sealed record Done(WorkflowStatus Status) : WorkflowCommandResult;

    /// <summary>There is no such workflow.</summary>
    public sealed record NotFound : WorkflowCommandResult;

    /// <summary>The workflow's status does not allow it.</summary>
    public sealed record Refused(WorkflowStatus Status, string Reason) : WorkflowCommandResult;

    /// <summary>The request is wrong.</summary>
    public sealed record Invalid(JobProblem Problem) : WorkflowCommandResult;

    /// <summary>The store cannot be reached or the node is going down.</summary>
    public sealed record Unavailable(string Reason, TimeSpan RetryAfter) : WorkflowCommandResult;
}
