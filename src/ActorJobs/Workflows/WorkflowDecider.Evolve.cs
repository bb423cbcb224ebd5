using System.Diagnostics;

namespace ActorJobs.Workflows;

/// <summary>The state after each event.</summary>
internal sealed partial class WorkflowDecider
{
    public WorkflowState Evolve(WorkflowState state, WorkflowEvent happened) => happened switch
    {
        WorkflowStarted started => new WorkflowState
        {
            Id = started.Id,
            Name = started.Name,
            Fingerprint = started.Fingerprint,
            Graph = new WorkflowGraph(started.Definition),
            Parent = started.Parent,
            CreatedAt = started.At,
            Retention = started.Retention,
            Nodes = NodeTable.Empty.Extend(started.Definition.Nodes.Count),
        },
        WorkflowExtended extended => state with
        {
            Graph = new WorkflowGraph(state.Graph!.Definition.With(extended.Definition)),
            Nodes = state.Nodes.Extend(extended.Definition.Nodes.Count),
        },
        WorkflowAdvanced advanced => Set(Set(state, advanced.Skipped ?? [], StepStatus.Skipped), advanced.Ready ?? [], StepStatus.Ready) with
        {
            Ready = advanced.Ready is { } ready ? [.. state.Ready, .. ready] : state.Ready,
        },
        ItemsSubmitted submitted => Unready(Set(state, submitted.Items, StepStatus.Submitted), submitted.Items),
        ItemsStopping stopping => Set(state, stopping.Items, StepStatus.Stopping),
        ItemsRenewed renewed => Set(state, renewed.Items, StepStatus.Ready) with { Ends = EndsWith(state, renewed.Items, 0) },
        NodeEnded ended => Unready(Set(state, [ended.Item], ended.Status), [ended.Item]) with
        {
            Ends = ended.Ends > 1 || state.Ends?.ContainsKey(ended.Item) == true ? EndsWith(state, [ended.Item], ended.Ends) : state.Ends,
        },
        WorkflowCancelRequested requested => Unready(Set(state, requested.Skipped, StepStatus.Skipped), requested.Skipped) with
        {
            Status = WorkflowStatus.Cancelling,
            Reason = requested.Reason,
            LeavesEffects = !requested.Compensates,
        },
        WorkflowCompensating => state with { Status = WorkflowStatus.Compensating, Undo = NodeTable.Empty.Extend(state.Nodes.Count) },
        WorkflowEnded ended => state with { Status = ended.Status, FinishedAt = ended.At, Ended = state.Ended + 1 },
        WorkflowRetried retried => Retried(state, retried),
        WorkflowReported reported => state with { Reported = reported.Ends },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not evolved"),
    };

    private static WorkflowState Retried(WorkflowState state, WorkflowRetried retried)
    {
        var ends = new Dictionary<int, int>(state.Ends ?? new Dictionary<int, int>());
        foreach (var item in retried.Again)
            ends[item] = state.EndsOf(item);
        return Set(Set(state, retried.Again, StepStatus.Retrying), retried.Waiting, StepStatus.Waiting) with
        {
            Status = WorkflowStatus.Running,
            FinishedAt = null,
            Reason = null,
            LeavesEffects = false,
            Ready = [.. state.Ready, .. retried.Again],
            Ends = ends,
        };
    }

    private static WorkflowState Set(WorkflowState state, IReadOnlyList<int> items, StepStatus status) =>
        items.Count == 0 ? state
        : items[0] >= 0 ? state with { Nodes = state.Nodes.With(items, status) }
        : state with { Undo = state.Undo!.With([.. items.Select(item => ~item)], status) };

    private static WorkflowState Unready(WorkflowState state, IReadOnlyList<int> items)
    {
        if (state.Ready.Count == 0 || items.Count == 0)
            return state;
        if (items.Count == 1)
            return state.Ready.Contains(items[0]) ? state with { Ready = [.. state.Ready.Where(item => item != items[0])] } : state;
        var gone = items.ToHashSet();
        return state with { Ready = [.. state.Ready.Where(item => !gone.Contains(item))] };
    }

    private static Dictionary<int, int> EndsWith(WorkflowState state, IReadOnlyList<int> items, int ends)
    {
        var changed = new Dictionary<int, int>(state.Ends ?? new Dictionary<int, int>());
        foreach (var item in items)
            changed[item] = ends;
        return changed;
    }
}
