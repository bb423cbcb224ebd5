using ActorJobs.Actors.Entities;

namespace ActorJobs.Workflows;

/// <summary>What can happen to a workflow. What follows from an event is part of it, so that the state after it depends on no rule.</summary>
internal abstract record WorkflowEvent;

/// <summary>It began; all of its nodes wait.</summary>
[EventType("workflow.started.v1")]
internal sealed record WorkflowStarted(
    string Id, string? Name, WorkflowDefinition Definition, TimeSpan Retention, ParentWorkflow? Parent, DateTimeOffset At) : WorkflowEvent
{
    /// <summary>What tells the request from others under the same id.</summary>
    public string? Fingerprint { get; init; }
}

/// <summary>It got more nodes, which wait.</summary>
[EventType("workflow.extended.v1")]
internal sealed record WorkflowExtended(WorkflowDefinition Definition, DateTimeOffset At) : WorkflowEvent;

/// <summary>Nodes may run, or will not. Items.</summary>
[EventType("workflow.advanced.v1")]
internal sealed record WorkflowAdvanced(IReadOnlyList<int>? Ready, IReadOnlyList<int>? Skipped) : WorkflowEvent;

/// <summary>Shards have the jobs of these items.</summary>
[EventType("workflow.submitted.v1")]
internal sealed record ItemsSubmitted(IReadOnlyList<int> Items) : WorkflowEvent;

/// <summary>The jobs of these items know that they are to stop.</summary>
[EventType("workflow.stopping.v1")]
internal sealed record ItemsStopping(IReadOnlyList<int> Items) : WorkflowEvent;

/// <summary>The jobs of these items are gone and have to be made anew.</summary>
[EventType("workflow.renewed.v1")]
internal sealed record ItemsRenewed(IReadOnlyList<int> Items) : WorkflowEvent;

/// <summary>An item's job has ended.</summary>
[EventType("workflow.node-ended.v1")]
internal sealed record NodeEnded(int Item, StepStatus Status, int Ends, DateTimeOffset At) : WorkflowEvent;

/// <summary>Somebody asked it to stop. What had not been sent off is skipped.</summary>
[EventType("workflow.cancel-requested.v1")]
internal sealed record WorkflowCancelRequested(string Reason, bool Compensates, IReadOnlyList<int> Skipped, DateTimeOffset At) : WorkflowEvent;

/// <summary>What has completed is being undone.</summary>
[EventType("workflow.compensating.v1")]
internal sealed record WorkflowCompensating(DateTimeOffset At) : WorkflowEvent;

/// <summary>It has ended.</summary>
[EventType("workflow.ended.v1")]
internal sealed record WorkflowEnded(WorkflowStatus Status, DateTimeOffset At) : WorkflowEvent;

/// <summary>
/// Somebody had it go on: failed items run again, skipped ones wait again. Without the former, because a job was retried by itself while the workflow ran.
/// </summary>
[EventType("workflow.retried.v1")]
internal sealed record WorkflowRetried(IReadOnlyList<int> Again, IReadOnlyList<int> Waiting, DateTimeOffset At) : WorkflowEvent;

/// <summary>The workflow of which it is a node has heard of its end.</summary>
[EventType("workflow.reported.v1")]
internal sealed record WorkflowReported(int Ends) : WorkflowEvent;
