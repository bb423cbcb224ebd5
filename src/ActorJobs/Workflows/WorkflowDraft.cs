using ActorJobs.Actors.Entities;

namespace ActorJobs.Workflows;

/// <summary>A decision in the making: events, and the state they lead to so far.</summary>
internal sealed class WorkflowDraft(WorkflowDecider decider, WorkflowState before)
{
    private readonly List<WorkflowEvent> events = [];

    public WorkflowState State { get; private set; } = before;

    public void Add(WorkflowEvent happened)
    {
        events.Add(happened);
        State = decider.Evolve(State, happened);
    }

    public Decision<WorkflowEvent> Decide(object? reply) => new(events, reply);

    /// <summary>An item has ended; whatever follows from it.</summary>
    public void End(int item, StepStatus status, int ends, DateTimeOffset now)
    {
        var isSecondChance = item >= 0 && status == StepStatus.Completed && State.Nodes[item].IsEnded();
        Add(new NodeEnded(item, status, ends, now));
        if (item < 0)
            Unwind(~item);
        else if (State.Status == WorkflowStatus.Running && isSecondChance)
            Reconsider(item, now);
        else if (State.Status == WorkflowStatus.Running)
            Advance(item);
        Settle(now);
    }

    /// <summary>Lets nodes run, or not, whose parents have ended.</summary>
    public void Advance(int? changed) => Note(WorkflowFlow.Advance(State.Graph!, State.Nodes, changed), isUndo: false);

    /// <summary>Brings the workflow to its end, or into its compensation, when nothing is under way.</summary>
    public void Settle(DateTimeOffset now)
    {
        if (State.Status is WorkflowStatus.Running or WorkflowStatus.Cancelling && WorkflowFlow.IsSettled(State.Nodes))
            EndOrCompensate(now);
        if (State is { Status: WorkflowStatus.Compensating, Undo: { } undo } && WorkflowFlow.IsSettled(undo))
            Add(new WorkflowEnded(IsUndone(undo) ? WorkflowStatus.Compensated : WorkflowStatus.Failed, now));
    }

    // a job that had failed and was retried by itself, say as a dead letter: what was skipped for that failure has not run, and may now
    private void Reconsider(int item, DateTimeOffset now)
    {
        if (WorkflowFlow.SkippedBehind(State.Graph!, State.Nodes, item) is not { Count: > 0 } skipped)
            return;
        Add(new WorkflowRetried([], skipped, now));
        Advance(null);
    }

    private void EndOrCompensate(DateTimeOffset now)
    {
        var (graph, nodes) = (State.Graph!, State.Nodes);
        var end = State.Status == WorkflowStatus.Cancelling ? WorkflowStatus.Cancelled
            : WorkflowFlow.HasFailed(graph, nodes) ? WorkflowStatus.Failed
            : WorkflowStatus.Completed;
        if (end == WorkflowStatus.Completed || State.LeavesEffects || !WorkflowFlow.CanCompensate(graph, nodes))
        {
            Add(new WorkflowEnded(end, now));
            return;
        }

        Add(new WorkflowCompensating(now));
        Unwind(null);
    }

    private void Unwind(int? changed)
    {
        if (State is { Status: WorkflowStatus.Compensating, Undo: { } undo })
            Note(WorkflowFlow.Unwind(State.Graph!, State.Nodes, undo, changed), isUndo: true);
    }

    private void Note((List<int> Ready, List<int> Skipped) next, bool isUndo)
    {
        if (next.Ready.Count == 0 && next.Skipped.Count == 0)
            return;
        Add(new WorkflowAdvanced(Items(next.Ready, isUndo), Items(next.Skipped, isUndo)));
    }

    private static List<int>? Items(List<int> places, bool isUndo) =>
        places.Count == 0 ? null : isUndo ? places.ConvertAll(place => ~place) : places;

    private static bool IsUndone(NodeTable undo) => undo.CountOf(StepStatus.Completed) + undo.CountOf(StepStatus.Skipped) == undo.Count;
}
