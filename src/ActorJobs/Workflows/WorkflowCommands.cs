using ActorJobs.Actors.Entities;

namespace ActorJobs.Workflows;

/// <summary>What can be asked of a workflow.</summary>
internal abstract record WorkflowCommand;

/// <summary>Begin. Answers <see cref="StartedReply"/>.</summary>
internal sealed record StartWorkflow(WorkflowDefinition Definition, string? Name, TimeSpan Retention, ParentWorkflow? Parent = null) : WorkflowCommand
{
    /// <summary>What tells the request from others under the same id.</summary>
    public string? Fingerprint { get; init; }
}

/// <summary>Take more nodes in. Answers <see cref="WorkflowCommandResult"/>.</summary>
internal sealed record AddToWorkflow(WorkflowDefinition Definition) : WorkflowCommand;

/// <summary>Stop. Answers <see cref="WorkflowCommandResult"/>.</summary>
internal sealed record CancelWorkflow(string Reason, bool Compensate) : WorkflowCommand;

/// <summary>Run what has failed again, and what was skipped for it. Answers <see cref="WorkflowCommandResult"/>.</summary>
internal sealed record RetryWorkflow : WorkflowCommand;

/// <summary>A node's job or workflow has ended for the <paramref name="Ends"/>th time. Answers <see cref="ReportReply"/>.</summary>
internal sealed record ReportNode(string Key, StepStatus Status, int Ends) : WorkflowCommand;

/// <summary>Messages were answered.</summary>
internal sealed record TakeAnswers(IReadOnlyList<OutboxAnswer> Answers) : WorkflowCommand;

/// <summary>The workflow is there.</summary>
internal sealed record StartedReply(WorkflowStatus Status, bool IsNew)
{
    /// <summary>Whether the workflow that is there is not nested in the one that starts it: it tells that one nothing.</summary>
    public bool IsForeign { get; init; }

    /// <summary>Whether it was another request that began it.</summary>
    public bool IsAnother { get; init; }
}

/// <summary>The report has arrived, or there is nobody to report to. Either way it need not be repeated.</summary>
internal enum ReportReply
{
    Taken,
    NoSuchWorkflow,
}
