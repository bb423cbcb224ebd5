namespace ActorJobs;

/// <summary>A workflow to be started: jobs that wait for one another, without a circle.</summary>
public sealed record WorkflowRequest
{
    /// <summary>The caller's id: starting it again changes nothing. 1 to 63 letters, digits or any of <c>- _ .</c> Default: a new UUIDv7.</summary>
    public string? Id { get; init; }

    /// <summary>
    /// Tells the request that the id came with from others, for instance a hash of it; at most 128 characters. Starting the id again with another one is
    /// <see cref="WorkflowStartResult.Conflict"/>. Default: null, whatever comes under the id repeats it.
    /// </summary>
    public string? Fingerprint { get; init; }

    /// <summary>What people call it, at most 100 characters.</summary>
    public string? Name { get; init; }

    /// <summary>The jobs, 1 to 10 000, nested ones included.</summary>
    public required IReadOnlyList<WorkflowJob> Jobs { get; init; }

    /// <summary>How long the workflow is kept after its end. Default: 7 days.</summary>
    public TimeSpan? Retention { get; init; }
}

/// <summary>One node of a workflow: a job, or a workflow of its own.</summary>
public sealed record WorkflowJob
{
    /// <summary>Names it within its workflow: 1 to 64 letters, digits or any of <c>- _ .</c></summary>
    public required string Key { get; init; }

    /// <summary>The job; null when the node is a workflow. Its id, unique key and parent come from the workflow and must be left open.</summary>
    public JobRequest? Job { get; init; }

    /// <summary>The nested workflow; null when the node is a job.</summary>
    public WorkflowRequest? Workflow { get; init; }

    /// <summary>What it waits for.</summary>
    public IReadOnlyList<WorkflowEdge> After { get; init; } = [];

    /// <summary>What its failure means to those that wait for it, where their edge says nothing else. Default: <see cref="FailurePolicy.Stop"/>.</summary>
    public FailurePolicy OnFailure { get; init; }

    /// <summary>How long after its parents have ended it starts. Default: at once.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>
    /// The job that undoes it. When the workflow fails or is cancelled, the completed nodes that have one are compensated in reverse order; it gets the
    /// node's result as that of its only parent.
    /// </summary>
    public JobRequest? Compensation { get; init; }
}

/// <summary>That a node waits for another one.</summary>
/// <param name="Key">For whom.</param>
/// <param name="OnFailure">What happens to the waiting node when the other one fails; null for what that one says.</param>
public readonly record struct WorkflowEdge(string Key, FailurePolicy? OnFailure = null)
{
    /// <summary>An edge from a key alone.</summary>
    public static implicit operator WorkflowEdge(string key) => new(key);

    /// <summary>An edge from a key alone.</summary>
    public static WorkflowEdge FromString(string key) => new(key);
}

/// <summary>What the failure of a node means to one that waits for it. A node fails when it is discarded, cancelled, expires or is skipped.</summary>
public enum FailurePolicy
{
    /// <summary>The waiting node is skipped, and the workflow fails.</summary>
    Stop,

    /// <summary>The waiting node runs all the same, and the workflow fails at its end.</summary>
    Continue,

    /// <summary>The waiting node runs, and the workflow may still complete.</summary>
    Ignore,
}
