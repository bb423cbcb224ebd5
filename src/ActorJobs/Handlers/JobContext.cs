namespace ActorJobs;

/// <summary>What a handler may know about its job and say about its attempt.</summary>
public abstract class JobContext
{
    /// <summary>The largest checkpoint, in bytes of JSON: 256 KB.</summary>
    public const int MaxCheckpointBytes = 256 * 1024;

    /// <summary>The job's id.</summary>
    public abstract JobId Id { get; }

    /// <summary>The job's kind.</summary>
    public abstract string Kind { get; }

    /// <summary>The queue the job came from.</summary>
    public abstract string Queue { get; }

    /// <summary>The attempt's number, from 1. It is also the fence: an outcome of an older attempt is refused.</summary>
    public abstract int Attempt { get; }

    /// <summary>How many attempts the job has at most.</summary>
    public abstract int MaxAttempts { get; }

    /// <summary>The tenant the job runs for, if any.</summary>
    public abstract string? Tenant { get; }

    /// <summary>The caller's metadata.</summary>
    public abstract IReadOnlyDictionary<string, string> Meta { get; }

    /// <summary>The workflow of which the job is a node, or null.</summary>
    public virtual string? WorkflowId => null;

    /// <summary>
    /// The attempt's place in a trace, as W3C's <c>traceparent</c>, or null. It is also <see cref="System.Diagnostics.Activity.Current"/>, from which HTTP
    /// calls and log lines take it by themselves.
    /// </summary>
    public virtual string? TraceParent => null;

    /// <summary>Cancelled when the job is cancelled, times out, or the node's shutdown deadline passes.</summary>
    public abstract CancellationToken Cancellation { get; }

    /// <summary>The node's services, in a scope of this attempt.</summary>
    public abstract IServiceProvider Services { get; }

    /// <summary>
    /// Tells watchers how far the attempt is. Coalesced: at most 4 updates a second reach them, the last one always does.
    /// </summary>
    /// <param name="fraction">Between 0 and 1.</param>
    /// <param name="message">What is being done, for a person. At most 500 characters are kept.</param>
    public abstract void ReportProgress(double fraction, string? message = null);

    /// <summary>Adds a line to the job's log. The last 200 lines of an attempt are kept, each up to 1 000 characters.</summary>
    public abstract void Log(string line);

    /// <summary>
    /// Stores data that the next attempt can go on from. Durable when the task ends. Up to <see cref="MaxCheckpointBytes"/>; throws <see cref="ArgumentException"/> beyond.
    /// </summary>
    public abstract ValueTask SaveCheckpointAsync<T>(T checkpoint);

    /// <summary>Reads the data of the last checkpoint of this or an earlier attempt.</summary>
    public abstract bool TryGetCheckpoint<T>(out T? checkpoint);

    /// <summary>
    /// Submits jobs as children: they carry this job's id as <c>parentId</c>, and a child without an id gets one derived from this job's id and
    /// <paramref name="key"/> plus its position, so that submitting again in a later attempt creates nothing twice.
    /// </summary>
    public abstract ValueTask<IReadOnlyList<SubmitResult>> SubmitChildrenAsync(
        string key, IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken = default);

    /// <summary>
    /// What the nodes have left for which this job waited, in the order in which it names them; empty for a job outside of workflows. Read when asked
    /// for, so that results are handed on by reference. Those that failed are among them when their edge lets this job run all the same.
    /// </summary>
    public virtual ValueTask<IReadOnlyList<ParentResult>> GetParentsAsync(CancellationToken cancellationToken = default) => new([]);

    /// <summary>
    /// Adds nodes to the job's workflow, which cannot end before this attempt has. Adding the same ones again, in a later attempt, changes nothing.
    /// Throws <see cref="InvalidOperationException"/> outside of a workflow.
    /// </summary>
    public virtual ValueTask<WorkflowCommandResult> AddToWorkflowAsync(IReadOnlyList<WorkflowJob> jobs, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("The job is no node of a workflow.");

    /// <summary>Waits until the jobs have ended and returns them. Bound it with the token: waiting holds this job's slot.</summary>
    public abstract Task<IReadOnlyList<JobView>> WaitForAsync(IReadOnlyList<JobId> jobs, CancellationToken cancellationToken = default);
}
