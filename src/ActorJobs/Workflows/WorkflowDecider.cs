using System.Diagnostics;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Workflows;

/// <summary>The life of a workflow: it has jobs made as their parents end, and hears of each one's end, as often as it takes.</summary>
internal sealed partial class WorkflowDecider : IDecider<WorkflowState, WorkflowCommand, WorkflowEvent>
{
    public WorkflowState Initial => WorkflowState.None;

    public WorkflowCommand Answered(IReadOnlyList<OutboxAnswer> answers) => new TakeAnswers(answers);

    public Decision<WorkflowEvent> Decide(WorkflowState state, WorkflowCommand command, DecisionContext context) => command switch
    {
        StartWorkflow start => Start(state, start, context),
        _ when state.Graph is null => Decision.Reply<WorkflowEvent>(NoSuchWorkflow(command)),
        AddToWorkflow add => Add(state, add, context),
        CancelWorkflow cancel => Cancel(state, cancel, context),
        RetryWorkflow => Retry(state, context),
        ReportNode report => Report(state, report, context),
        TakeAnswers answers => Answers(state, answers, context),
        _ => throw new UnreachableException($"{command.GetType().Name} is not decided"),
    };

    public Intents Intents(WorkflowState state) => WorkflowIntents.Of(state);

    private static object? NoSuchWorkflow(WorkflowCommand command) => command switch
    {
        ReportNode => ReportReply.NoSuchWorkflow,
        TakeAnswers => null,
        _ => new WorkflowCommandResult.NotFound(),
    };

    private Decision<WorkflowEvent> Start(WorkflowState state, StartWorkflow start, DecisionContext context)
    {
        if (state.Graph is not null)
        {
            var isForeign = start.Parent is { } parent && state.Parent != parent;
            return Decision.Reply<WorkflowEvent>(new StartedReply(state.Status, false) { IsForeign = isForeign, IsAnother = IsAnother(state, start) });
        }

        var draft = new WorkflowDraft(this, state);
        draft.Add(new WorkflowStarted(context.Key.Id, start.Name, start.Definition, start.Retention, start.Parent, context.Now) { Fingerprint = start.Fingerprint });
        draft.Advance(null);
        return draft.Decide(new StartedReply(WorkflowStatus.Running, true));
    }

    // one that came without a fingerprint says nothing about what it was
    private static bool IsAnother(WorkflowState state, StartWorkflow start) =>
        state.Fingerprint is { } first && start.Fingerprint is { } now && first != now;

    private Decision<WorkflowEvent> Report(WorkflowState state, ReportNode report, DecisionContext context)
    {
        if (state.Find(report.Key) is not { } item || report.Ends <= state.EndsOf(item))
            return Decision.Reply<WorkflowEvent>(ReportReply.Taken);
        var draft = new WorkflowDraft(this, state);
        draft.End(item, report.Status, report.Ends, context.Now);
        return draft.Decide(ReportReply.Taken);
    }

    private Decision<WorkflowEvent> Add(WorkflowState state, AddToWorkflow add, DecisionContext context)
    {
        var (present, addition) = (state.Graph!.Definition, add.Definition);
        var repeated = addition.Nodes.Where(node => IsThere(state.Graph, addition, node)).Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        NodeDefinition[] fresh = [.. addition.Nodes.Where(node => !repeated.Contains(node.Key))];
        if (fresh.Length == 0)
            return Decision.Reply<WorkflowEvent>(new WorkflowCommandResult.Done(state.Status));
        if (state.Status != WorkflowStatus.Running)
            return Decision.Reply<WorkflowEvent>(new WorkflowCommandResult.Refused(state.Status, $"A workflow that is {state.Status} takes no more jobs; Running ones do."));
        // what is repeated counts once, and every problem names the place that the caller gave
        var others = repeated.Count == 0 ? present : present with { Nodes = [.. present.Nodes.Where(node => !repeated.Contains(node.Key))] };
        if (WorkflowRules.ProblemOf(others, addition) is { } problem)
            return Decision.Reply<WorkflowEvent>(new WorkflowCommandResult.Invalid(problem));
        var draft = new WorkflowDraft(this, state);
        draft.Add(new WorkflowExtended(addition with { Nodes = fresh }, context.Now));
        draft.Advance(null);
        draft.Settle(context.Now);
        return draft.Decide(new WorkflowCommandResult.Done(draft.State.Status));
    }

    // a caller that got no answer says all of it again, with more beside it or not
    private static bool IsThere(WorkflowGraph graph, WorkflowDefinition addition, NodeDefinition node) =>
        graph.Find(node.Key) is { } place && graph[place].IsSameAs(node) && KindOf(graph.Definition, graph[place]) == KindOf(addition, node);

    private static string? KindOf(WorkflowDefinition definition, NodeDefinition node) => node.Work is { } work ? definition.Templates[work.Template].Kind : null;

    private Decision<WorkflowEvent> Cancel(WorkflowState state, CancelWorkflow cancel, DecisionContext context)
    {
        if (state.Status is WorkflowStatus.Cancelling or WorkflowStatus.Cancelled)
            return Decision.Reply<WorkflowEvent>(new WorkflowCommandResult.Done(state.Status));
        if (state.Status != WorkflowStatus.Running)
            return Decision.Reply<WorkflowEvent>(new WorkflowCommandResult.Refused(state.Status, $"A workflow that is {state.Status} cannot be cancelled."));

        // what may have left is seen through: its job exists or will, and is then cancelled
        IReadOnlyList<int> unsent = [.. state.Ready.Skip(WorkflowIntents.Window).Where(item => state.StatusOf(item) == StepStatus.Ready)];
        var draft = new WorkflowDraft(this, state);
        draft.Add(new WorkflowCancelRequested(cancel.Reason, cancel.Compensate, [.. state.Nodes.Places(StepStatus.Waiting), .. unsent], context.Now));
        draft.Settle(context.Now);
        return draft.Decide(new WorkflowCommandResult.Done(draft.State.Status));
    }

    private Decision<WorkflowEvent> Retry(WorkflowState state, DecisionContext context)
    {
        if (state.Status is not (WorkflowStatus.Failed or WorkflowStatus.Cancelled) || state.Undo is not null)
        {
            return Decision.Reply<WorkflowEvent>(new WorkflowCommandResult.Refused(
                state.Status, $"A workflow that is {state.Status} cannot be retried{(state.Undo is null ? "" : " after its compensation")}; Failed and Cancelled ones can."));
        }

        var draft = new WorkflowDraft(this, state);
        int[] again = [.. state.Nodes.Places(StepStatus.Failed), .. state.Nodes.Places(StepStatus.Cancelled), .. state.Nodes.Places(StepStatus.Expired)];
        draft.Add(new WorkflowRetried(again, [.. state.Nodes.Places(StepStatus.Skipped)], context.Now));
        draft.Advance(null);
        draft.Settle(context.Now);
        return draft.Decide(new WorkflowCommandResult.Done(draft.State.Status));
    }
}
