using System.Globalization;
using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;

namespace ActorJobs.Workflows;

/// <summary>What must be under way for a workflow in a state: jobs to be made, cancelled or run again, its own end to be told, its deletion.</summary>
internal static class WorkflowIntents
{
    public const char Submit = 's';
    public const char Again = 'r';
    public const char Stop = 'c';
    public const char Report = 'e';

    /// <summary>
    /// How many items are on their way at once. Items leave the list of ready ones only when they are answered, so one beyond this many has never left.
    /// </summary>
    public const int Window = 256;

    // a parent's result must still be there when its children start
    private static readonly TimeSpan LeastRetentionOfParents = TimeSpan.FromDays(7);

    public static Intents Of(WorkflowState state)
    {
        if (state.Graph is null)
            return Intents.None;
        return new Intents
        {
            Entries = [WorkflowIndex.EntryOf(state)],
            DeleteAt = state.FinishedAt is { } finished && !state.OwesReport ? finished + state.Retention : null,
            Outbox = state.Status.IsTerminal() ? OwnEnd(state) : Messages(state),
        };
    }

    /// <summary>What a message was for, and the item or number it was about.</summary>
    public static (char Purpose, int Number)? Parse(string message) =>
        message.Length > 1 && int.TryParse(message.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? (message[0], number)
            : null;

    private static OutboxMessage[] OwnEnd(WorkflowState state) => !state.OwesReport ? [] :
    [
        new(Id(Report, state.Ended), WorkflowIds.Entity(state.Parent!.Id), new ReportNode(state.Parent.Key, EndOf(state.Status), state.Ended)),
    ];

    private static List<OutboxMessage> Messages(WorkflowState state)
    {
        var messages = new List<OutboxMessage>();
        foreach (var item in state.Ready.Take(Window))
            messages.Add(state.StatusOf(item) == StepStatus.Retrying ? AgainMessage(state, item) : SubmitMessage(state, item));
        if (state.Status != WorkflowStatus.Cancelling)
            return messages;
        foreach (var place in state.Nodes.Places(StepStatus.Submitted).Take(Window))
            messages.Add(StopMessage(state, place));
        return messages;
    }

    private static OutboxMessage SubmitMessage(WorkflowState state, int item)
    {
        var (id, node) = (IdOf(state, item), NodeOf(state, item));
        return item >= 0 && node.Nested is { } nested
            ? new(Id(Submit, item), WorkflowIds.Entity(id), new StartWorkflow(nested.Definition, nested.Name, nested.Retention, new(state.Id, node.Key)))
            : new(Id(Submit, item), JobEntity.Key(new JobId(id)), new SubmitJob(SpecOf(state, item, node)) { Delay = item >= 0 ? node.Delay : null });
    }

    private static OutboxMessage AgainMessage(WorkflowState state, int item) => IsNested(state, item)
        ? new(Id(Again, item), WorkflowIds.Entity(IdOf(state, item)), new RetryWorkflow())
        : new(Id(Again, item), JobEntity.Key(new JobId(IdOf(state, item))), new RetryJob(null));

    private static OutboxMessage StopMessage(WorkflowState state, int place)
    {
        var reason = state.Reason ?? "its workflow was cancelled";
        return IsNested(state, place)
            ? new(Id(Stop, place), WorkflowIds.Entity(IdOf(state, place)), new CancelWorkflow(reason, !state.LeavesEffects))
            : new(Id(Stop, place), JobEntity.Key(new JobId(IdOf(state, place))), new CancelJob(reason));
    }

    private static JobSpec SpecOf(WorkflowState state, int item, NodeDefinition node)
    {
        var spec = state.Graph!.Definition.SpecOf(item >= 0 ? node.Work! : node.Compensation!);
        var isParent = item >= 0 && (state.Graph.Children[item].Length > 0 || node.Compensation is not null);
        return spec with
        {
            WorkflowId = state.Id,
            NodeKey = state.KeyOf(item),
            Parents = item >= 0 ? node.After : [node.Key],
            Retention = isParent && spec.Retention < LeastRetentionOfParents ? LeastRetentionOfParents : spec.Retention,
        };
    }

    private static StepStatus EndOf(WorkflowStatus status) => status switch
    {
        WorkflowStatus.Completed => StepStatus.Completed,
        WorkflowStatus.Cancelled => StepStatus.Cancelled,
        _ => StepStatus.Failed,
    };

    private static NodeDefinition NodeOf(WorkflowState state, int item) => state.Graph![item >= 0 ? item : ~item];

    private static bool IsNested(WorkflowState state, int item) => item >= 0 && NodeOf(state, item).Nested is not null;

    private static string IdOf(WorkflowState state, int item) => WorkflowIds.NodeId(state.Id, state.KeyOf(item));

    private static string Id(char purpose, int number) => string.Create(CultureInfo.InvariantCulture, $"{purpose}{number}");
}
