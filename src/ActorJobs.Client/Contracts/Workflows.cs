namespace ActorJobs.Client;

/// <summary>A workflow to be started: the body of <c>POST /api/v1/workflows</c>.</summary>
public sealed record StartWorkflow
{
    /// <summary>The caller's id, 1 to 63 letters, digits or any of <c>- _ .</c>: starting it again changes nothing. Default: a new UUIDv7.</summary>
    public string? Id { get; init; }

    /// <summary>What people call it.</summary>
    public string? Name { get; init; }

    /// <summary>How long it is kept after its end. Default: 7 days.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>The nodes, 1 to 10 000, nested ones included.</summary>
    public required IReadOnlyList<WorkflowNode> Jobs { get; init; }
}

/// <summary>One node: a job with the fields of <c>SubmitJob</c>, or a workflow of its own.</summary>
public sealed record WorkflowNode
{
    /// <summary>Names it within its workflow: 1 to 64 letters, digits or any of <c>- _ .</c></summary>
    public required string Key { get; init; }

    /// <summary>Which handler runs it; null for a nested workflow.</summary>
    public string? Kind { get; init; }

    /// <summary>The handler's arguments, any JSON value.</summary>
    public System.Text.Json.JsonElement? Args { get; init; }

    /// <summary>What it waits for.</summary>
    public IReadOnlyList<WorkflowEdge>? After { get; init; }

    /// <summary>What its failure means to those that wait for it: <c>stop</c> (default), <c>continue</c> or <c>ignore</c>.</summary>
    public string? OnFailure { get; init; }

    /// <summary>The job that undoes it when the workflow does not complete.</summary>
    public SubmitJob? Compensation { get; init; }

    /// <summary>The nested workflow; excludes <c>kind</c>.</summary>
    public StartWorkflow? Workflow { get; init; }

    /// <summary>Default: the kind's queue, else <c>default</c>.</summary>
    public string? Queue { get; init; }

    /// <summary>0 to 9, 9 first.</summary>
    public int? Priority { get; init; }

    /// <summary>How long after its parents have ended it starts.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>1 to 1000.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>How long to wait between attempts.</summary>
    public BackoffRule? Backoff { get; init; }

    /// <summary>When an attempt is abandoned.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>For whom the job runs.</summary>
    public string? Tenant { get; init; }

    /// <summary>Words to find the job by.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>A node with arguments serialised by System.Text.Json's web defaults.</summary>
    public static WorkflowNode Of<TArgs>(string key, string kind, TArgs args, params IReadOnlyList<string> after) => new()
    {
        Key = key,
        Kind = kind,
        Args = System.Text.Json.JsonSerializer.SerializeToElement(args, System.Text.Json.JsonSerializerOptions.Web),
        After = after.Count == 0 ? null : [.. after.Select(parent => new WorkflowEdge(parent))],
    };
}

/// <summary>That a node waits for another one.</summary>
/// <param name="Key">For whom.</param>
/// <param name="OnFailure"><c>stop</c>, <c>continue</c> or <c>ignore</c>; null for what the other node says.</param>
public sealed record WorkflowEdge(string Key, string? OnFailure = null);

/// <summary>More nodes: the body of <c>POST /api/v1/workflows/{id}/jobs</c>.</summary>
public sealed record AddToWorkflow(IReadOnlyList<WorkflowNode> Jobs);

/// <summary>Why to stop: the body of <c>POST /api/v1/workflows/{id}/cancel</c>.</summary>
/// <param name="Reason">Kept in the history.</param>
/// <param name="Compensate">Whether completed nodes are undone where they can be. Default: true.</param>
public sealed record CancelWorkflow(string? Reason = null, bool? Compensate = null);

/// <summary>What a start answers.</summary>
public sealed record WorkflowReceipt(string Id, string State, string Durability, bool IsNew);

/// <summary>What a command answers.</summary>
public sealed record WorkflowCommandReceipt(string Id, string State);

/// <summary>A workflow.</summary>
public sealed record WorkflowState
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public string? Name { get; init; }

    /// <summary><c>Running</c>, <c>Cancelling</c>, <c>Compensating</c>, <c>Completed</c>, <c>Failed</c>, <c>Cancelled</c> or <c>Compensated</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why it was stopped.</summary>
    public string? Reason { get; init; }

    /// <summary>When it started.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The workflow of which it is a node.</summary>
    public string? ParentId { get; init; }

    /// <summary>How much is done, 0 to 1.</summary>
    public double Progress { get; init; }

    /// <summary>How many nodes are in each state.</summary>
    public required IReadOnlyDictionary<string, int> Counts { get; init; }

    /// <summary>The nodes; empty in lists.</summary>
    public IReadOnlyList<WorkflowNodeState> Nodes { get; init; } = [];

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded() => State is "Completed" or "Failed" or "Cancelled" or "Compensated";
}

/// <summary>A node of a workflow.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Id">The id of its job or nested workflow.</param>
/// <param name="Kind">The job's kind; null for a nested workflow.</param>
/// <param name="State"><c>Waiting</c>, <c>Ready</c>, <c>Submitted</c>, <c>Stopping</c>, <c>Retrying</c>, <c>Completed</c>, <c>Failed</c>, <c>Cancelled</c>, <c>Expired</c> or <c>Skipped</c>.</param>
/// <param name="JobState">Where its job is, while it is under way.</param>
/// <param name="After">What it waits for.</param>
/// <param name="Compensation">Where its compensation is, if there is one.</param>
public sealed record WorkflowNodeState(
    string Key, string Id, string? Kind, string State, string? JobState, IReadOnlyList<WorkflowEdge> After, string? Compensation);

/// <summary>A page of workflows.</summary>
public sealed record WorkflowList(IReadOnlyList<WorkflowState> Items, string? Next);
