namespace ActorJobs.Workflows;

/// <summary>What is known of a workflow. Items are nodes by their place, and compensations by its complement.</summary>
internal sealed record WorkflowState
{
    public static WorkflowState None { get; } = new();

    public string Id { get; init; } = "";

    public string? Name { get; init; }

    /// <summary>What tells the request that began it from others under the same id.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Null before the start.</summary>
    public WorkflowGraph? Graph { get; init; }

    /// <summary>The workflow of which it is a node.</summary>
    public ParentWorkflow? Parent { get; init; }

    public WorkflowStatus Status { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public TimeSpan Retention { get; init; }

    public NodeTable Nodes { get; init; } = NodeTable.Empty;

    /// <summary>The compensations by the places of their nodes, once there are any under way.</summary>
    public NodeTable? Undo { get; init; }

    /// <summary>Items whose job has to be submitted, or made to run again, oldest first.</summary>
    public IReadOnlyList<int> Ready { get; init; } = [];

    /// <summary>How often an item's job had ended when it was made to run again: a report that is not newer is a repetition. Others have ended once at most.</summary>
    public IReadOnlyDictionary<int, int>? Ends { get; init; }

    /// <summary>Whether whoever stopped it wants completed nodes to be left as they are instead of undone.</summary>
    public bool LeavesEffects { get; init; }

    /// <summary>Why it was stopped.</summary>
    public string? Reason { get; init; }

    /// <summary>How often it has ended, for the workflow of which it is a node.</summary>
    public int Ended { get; init; }

    /// <summary>The last end that its parent has heard of.</summary>
    public int Reported { get; init; }

    public bool OwesReport => Parent is not null && Status.IsTerminal() && Reported < Ended;

    public StepStatus StatusOf(int item) => item >= 0 ? Nodes[item] : Undo is { } undo ? undo[~item] : StepStatus.Waiting;

    /// <summary>How often an item's job has ended so far, as far as the workflow knows.</summary>
    public int EndsOf(int item) =>
        Ends is { } ends && ends.TryGetValue(item, out var known) ? known
        : StatusOf(item) is var status && status.IsEnded() && status != StepStatus.Skipped ? 1
        : 0;

    /// <summary>The name of an item, unique in the workflow: a node's key, and that of its compensation.</summary>
    public string KeyOf(int item) => item >= 0 ? Graph![item].Key : WorkflowIds.Undo + Graph![~item].Key;

    public int? Find(string key) => key.StartsWith(WorkflowIds.Undo, StringComparison.Ordinal)
        ? Graph!.Find(key[WorkflowIds.Undo.Length..]) is { } place ? ~place : null
        : Graph!.Find(key);
}

/// <summary>Where a nested workflow belongs.</summary>
internal sealed record ParentWorkflow(string Id, string Key);
