using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;

namespace ActorJobs.Workflows;

/// <summary>States as others may see them.</summary>
internal static class WorkflowViews
{
    /// <summary>How many running jobs are looked at one by one.</summary>
    public const int MaxLookedAt = 256;

    /// <summary>What a list shows.</summary>
    public static WorkflowView Summary(WorkflowState state, double running = 0) => new()
    {
        Id = state.Id,
        Name = state.Name,
        State = state.Status,
        Reason = state.Reason,
        CreatedAt = state.CreatedAt,
        FinishedAt = state.FinishedAt,
        ParentId = state.Parent?.Id,
        Counts = Enum.GetValues<StepStatus>().Where(status => state.Nodes.CountOf(status) > 0).ToDictionary(status => status, state.Nodes.CountOf),
        Progress = state.Nodes.Count == 0 ? 0 : Math.Clamp((state.Nodes.Count - state.Nodes.Open + running) / state.Nodes.Count, 0, 1),
    };

    /// <summary>Everything about a workflow, with what the jobs under way say.</summary>
    public static async ValueTask<WorkflowView> OfAsync(WorkflowState state, IEntityStore store, CancellationToken cancellationToken)
    {
        var jobs = await JobsAsync(state, store, cancellationToken).ConfigureAwait(false);
        return Summary(state, jobs.Values.Sum(job => job.Running?.Progress?.Fraction ?? 0)) with
        {
            Nodes = [.. Enumerable.Range(0, state.Nodes.Count).Select(place => NodeOf(state, place, jobs.GetValueOrDefault(place)))],
        };
    }

    private static WorkflowNodeView NodeOf(WorkflowState state, int place, JobState? job)
    {
        var (graph, node) = (state.Graph!, state.Graph![place]);
        return new WorkflowNodeView
        {
            Key = node.Key,
            Id = WorkflowIds.NodeId(state.Id, node.Key),
            Kind = node.Work is { } work ? graph.Definition.Templates[work.Template].Kind : null,
            State = state.Nodes[place],
            JobState = job?.VisibleStatus,
            After = [.. graph.Parents[place].Select(parent => new WorkflowEdgeView(graph[parent].Key, graph.PolicyOf(parent, place)))],
            Compensation = node.Compensation is not null && state.Undo is { } undo && state.Nodes[place] == StepStatus.Completed ? undo[place] : null,
        };
    }

    private static async ValueTask<Dictionary<int, JobState>> JobsAsync(WorkflowState state, IEntityStore store, CancellationToken cancellationToken)
    {
        int[] places =
        [
            .. state.Nodes.Places(StepStatus.Submitted).Concat(state.Nodes.Places(StepStatus.Stopping))
                .Where(place => state.Graph![place].Nested is null).Take(MaxLookedAt),
        ];
        if (places.Length == 0)
            return [];
        var stored = await store.ReadAsync(
            [.. places.Select(place => JobEntity.Key(new JobId(WorkflowIds.NodeId(state.Id, state.KeyOf(place)))))], cancellationToken).ConfigureAwait(false);
        return places.Zip(stored).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First, pair => JobReading.StateOf(pair.Second!));
    }
}
