namespace ActorJobs;

/// <summary>Where a workflow is.</summary>
public enum WorkflowStatus
{
    /// <summary>Nodes run or wait.</summary>
    Running,

    /// <summary>It was asked to stop; what runs is being cancelled.</summary>
    Cancelling,

    /// <summary>It has failed or was cancelled, and what had completed is being undone.</summary>
    Compensating,

    /// <summary>Every node has completed, or its failure was to be ignored.</summary>
    Completed,

    /// <summary>A node has failed.</summary>
    Failed,

    /// <summary>It was stopped on request.</summary>
    Cancelled,

    /// <summary>It has failed or was cancelled, and everything that could be undone was.</summary>
    Compensated,
}

/// <summary>Where a node of a workflow is, as the workflow knows it.</summary>
public enum StepStatus : byte
{
    /// <summary>Waits for its parents.</summary>
    Waiting,

    /// <summary>Is on its way to its shard.</summary>
    Ready,

    /// <summary>Was submitted and has not ended; its job knows more.</summary>
    Submitted,

    /// <summary>Ended with a result.</summary>
    Completed,

    /// <summary>Ended as a dead letter; a nested workflow: failed or was compensated.</summary>
    Failed,

    /// <summary>Was stopped.</summary>
    Cancelled,

    /// <summary>Did not start before its deadline.</summary>
    Expired,

    /// <summary>Was not started, because what it waits for has failed or the workflow was stopped.</summary>
    Skipped,

    /// <summary>Has failed and is about to run again.</summary>
    Retrying,

    /// <summary>Was asked to stop and has not ended.</summary>
    Stopping,
}

/// <summary>Questions about statuses.</summary>
public static class WorkflowStatusExtensions
{
    /// <summary>Whether the workflow has ended; only a retry brings it back.</summary>
    public static bool IsTerminal(this WorkflowStatus status) =>
        status is WorkflowStatus.Completed or WorkflowStatus.Failed or WorkflowStatus.Cancelled or WorkflowStatus.Compensated;

    /// <summary>Whether the node has ended.</summary>
    public static bool IsEnded(this StepStatus status) =>
        status is StepStatus.Completed or StepStatus.Failed or StepStatus.Cancelled or StepStatus.Expired or StepStatus.Skipped;
}
