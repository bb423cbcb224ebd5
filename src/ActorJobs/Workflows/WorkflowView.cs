namespace ActorJobs;

/// <summary>A workflow as others may see it.</summary>
public sealed record WorkflowView
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public string? Name { get; init; }

    /// <summary>Where it is.</summary>
    public required WorkflowStatus State { get; init; }

    /// <summary>Why it was stopped, if it was.</summary>
    public string? Reason { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The workflow of which it is a node.</summary>
    public string? ParentId { get; init; }

    /// <summary>How many nodes are in each status; statuses with none are left out.</summary>
    public required IReadOnlyDictionary<StepStatus, int> Counts { get; init; }

    /// <summary>How much is done: ended nodes count whole, running ones by the progress they report. 0 to 1.</summary>
    public required double Progress { get; init; }

    /// <summary>The nodes in the order in which they were given; empty in lists.</summary>
    public IReadOnlyList<WorkflowNodeView> Nodes { get; init; } = [];
}

/// <summary>One node.</summary>
public sealed record WorkflowNodeView
{
    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    /// <summary>The id of its job or nested workflow, whether it exists yet or not.</summary>
    public required string Id { get; init; }

    /// <summary>The job's kind; null for a nested workflow.</summary>
    public string? Kind { get; init; }

    /// <summary>Where it is.</summary>
    public required StepStatus State { get; init; }

    /// <summary>Where its job is; null while there is none, for a nested workflow, and where too many run to look at each.</summary>
    public JobStatus? JobState { get; init; }

    /// <summary>What it waits for, and what their failure means to it.</summary>
    public IReadOnlyList<WorkflowEdgeView> After { get; init; } = [];

    /// <summary>Where its compensation is, once one is under way or done.</summary>
    public StepStatus? Compensation { get; init; }
}

/// <summary>An edge.</summary>
/// <param name="Key">The node waited for.</param>
/// <param name="OnFailure">What its failure means.</param>
public sealed record WorkflowEdgeView(string Key, FailurePolicy OnFailure);

/// <summary>A page of workflows.</summary>
/// <param name="Items">The workflows, without their nodes.</param>
/// <param name="Next">The cursor of the next page, or null at the end.</param>
public sealed record WorkflowPage(IReadOnlyList<WorkflowView> Items, string? Next);

/// <summary>What a parent of a workflow's job has left.</summary>
/// <param name="Key">The parent's key.</param>
/// <param name="Id">The id of its job or nested workflow.</param>
/// <param name="State">How it ended.</param>
/// <param name="Result">
/// Its result, or null. That of a nested workflow is the result of its last node, or an object of the results of its last nodes by key.
/// </param>
/// <param name="Error">Why it failed, if it has.</param>
public sealed record ParentResult(string Key, string Id, StepStatus State, RawJson? Result, JobError? Error)
{
    /// <summary>Deserialises the result. Throws <see cref="System.Text.Json.JsonException"/> when it does not fit.</summary>
    public T? ResultAs<T>() => Result is { } result ? result.Deserialize<T>() : default;
}
