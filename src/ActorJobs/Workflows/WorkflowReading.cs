using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;

namespace ActorJobs.Workflows;

/// <summary>Workflows straight from the store: what is there is what was answered for.</summary>
internal sealed class WorkflowReading(IEntityStore store)
{
    private const int PageOfParents = 500;
    private const int MaxDepth = WorkflowRules.MaxDepth;

    private static readonly EntityKind<WorkflowState, WorkflowCommand, WorkflowEvent> Kind = WorkflowEntity.Define();

    public async ValueTask<WorkflowState?> StateAsync(string id, CancellationToken cancellationToken) =>
        WorkflowIds.IsPossible(id) && await StoredState.ReadAsync(store, Kind, id, cancellationToken).ConfigureAwait(false) is { Graph: not null } state
            ? state
            : null;

    /// <summary>Those of the workflows that are there still, in the order of the ids.</summary>
    public IAsyncEnumerable<WorkflowState> StatesAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        StoredState.ReadAllAsync(store, Kind, ids, cancellationToken).Select(stored => stored.State).Where(state => state.Graph is not null);

    public async ValueTask<WorkflowView?> ViewAsync(string id, CancellationToken cancellationToken) =>
        await StateAsync(id, cancellationToken).ConfigureAwait(false) is { } state
            ? await WorkflowViews.OfAsync(state, store, cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>The node that an id of a job would be, while its job has not been made: it waits for its parents.</summary>
    public async ValueTask<WaitingNode?> WaitingAsync(JobId id, CancellationToken cancellationToken)
    {
        if (WorkflowIds.Split(id.Value) is not var (workflow, key)
            || await StateAsync(workflow, cancellationToken).ConfigureAwait(false) is not { } state
            || state.Find(key) is not (>= 0 and var place) || state.Graph![place].Work is null)
            return null;
        return state.Nodes[place] is StepStatus.Waiting or StepStatus.Ready ? new WaitingNode(id, state, place) : null;
    }

    /// <summary>What the parents of a job have left, in the order in which the job names them.</summary>
    public async ValueTask<IReadOnlyList<ParentResult>> ParentsAsync(JobSpec spec, CancellationToken cancellationToken)
    {
        var results = new List<ParentResult>(spec.Parents?.Count ?? 0);
        foreach (var page in (spec.Parents ?? []).Chunk(PageOfParents))
            results.AddRange(await ResultsAsync(spec.WorkflowId!, page, MaxDepth, cancellationToken).ConfigureAwait(false));
        return results;
    }

    private async ValueTask<IReadOnlyList<ParentResult>> ResultsAsync(
        string workflow, string[] keys, int depth, CancellationToken cancellationToken)
    {
        string[] ids = [.. keys.Select(key => WorkflowIds.NodeId(workflow, key))];
        var stored = await store.ReadAsync([.. ids.Select(id => JobEntity.Key(new JobId(id)))], cancellationToken).ConfigureAwait(false);
        var results = new ParentResult[keys.Length];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = stored[i] is { } job
                ? OfJob(keys[i], ids[i], JobReading.StateOf(job))
                : await OfWorkflowAsync(keys[i], ids[i], depth - 1, cancellationToken).ConfigureAwait(false);
        }

        return results;
    }

    private static ParentResult OfJob(string key, string id, JobState job) => new(key, id, job.Status switch
    {
        JobStatus.Completed => StepStatus.Completed,
        JobStatus.Cancelled => StepStatus.Cancelled,
        JobStatus.Expired => StepStatus.Expired,
        JobStatus.Discarded => StepStatus.Failed,
        _ => StepStatus.Submitted, // somebody had it run again
    }, job.Result, job.Status == JobStatus.Completed ? null : job.Error);

    // a parent that was skipped has neither a job nor a workflow
    private async ValueTask<ParentResult> OfWorkflowAsync(string key, string id, int depth, CancellationToken cancellationToken)
    {
        if (depth <= 0 || await StateAsync(id, cancellationToken).ConfigureAwait(false) is not { } nested)
            return new ParentResult(key, id, StepStatus.Skipped, null, null);
        string[] last = [.. Enumerable.Range(0, nested.Graph!.Count).Where(place => nested.Graph.Children[place].Length == 0).Select(place => nested.Graph[place].Key)];
        var results = await ResultsAsync(id, last, depth, cancellationToken).ConfigureAwait(false);
        var state = nested.Status == WorkflowStatus.Completed ? StepStatus.Completed : nested.Status == WorkflowStatus.Cancelled ? StepStatus.Cancelled : StepStatus.Failed;
        var result = results.Count == 1 ? results[0].Result : RawJson.Of(results.ToDictionary(item => item.Key, item => item.Result));
        return new ParentResult(key, id, state, result, results.FirstOrDefault(item => item.Error is not null)?.Error);
    }
}

/// <summary>A node whose job has not been made.</summary>
internal sealed record WaitingNode(JobId Id, WorkflowState Workflow, int Place)
{
    private JobSpec Spec => Workflow.Graph!.Definition.SpecOf(Workflow.Graph[Place].Work!) with
    {
        WorkflowId = Workflow.Id,
        NodeKey = Workflow.Graph[Place].Key,
        Parents = Workflow.Graph[Place].After,
    };

    /// <summary>The job as it will be.</summary>
    public JobView View() => JobViews.Of(Id, new JobState { Spec = Spec, Status = JobStatus.Waiting, CreatedAt = Workflow.CreatedAt, Since = Workflow.CreatedAt });

    /// <summary>What it waits for.</summary>
    public WhyView Why()
    {
        var graph = Workflow.Graph!;
        int[] open = [.. graph.Parents[Place].Where(parent => !Workflow.Nodes[parent].IsEnded())];
        var summary = open.Length == 0
            ? "Its parents have ended; it is about to be submitted."
            : $"It waits for {open.Length} of its {graph.Parents[Place].Length} parents in workflow {Workflow.Id}.";
        var reasons = open.Take(10).Select(parent => $"'{graph[parent].Key}' is {Workflow.Nodes[parent]}.").ToList();
        if (open.Length > 10)
            reasons.Add($"So are {open.Length - 10} more.");
        return new WhyView(JobStatus.Waiting, summary, reasons, null, false, null);
    }
}
