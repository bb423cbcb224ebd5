using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;

namespace ActorJobs.Workflows;

/// <summary>What comes back for a workflow's messages. An answer to what is not asked any more changes nothing.</summary>
internal sealed partial class WorkflowDecider
{
    private Decision<WorkflowEvent> Answers(WorkflowState state, TakeAnswers command, DecisionContext context)
    {
        var draft = new WorkflowDraft(this, state);
        var (submitted, stopping, renewed) = (new List<int>(), new List<int>(), new List<int>());
        var ended = new List<(int Item, StepStatus Status)>();
        foreach (var answer in command.Answers)
        {
            if (WorkflowIntents.Parse(answer.Id) is not var (purpose, number))
                continue;
            if (purpose == WorkflowIntents.Report)
            {
                if (state.OwesReport && number == state.Ended)
                    draft.Add(new WorkflowReported(number));
            }
            else if (IsAwaited(state, purpose, number))
            {
                Sort(number, purpose, answer.Reply, submitted, stopping, renewed, ended);
            }
        }

        if (submitted.Count > 0)
            draft.Add(new ItemsSubmitted(submitted));
        if (stopping.Count > 0)
            draft.Add(new ItemsStopping(stopping));
        if (renewed.Count > 0)
            draft.Add(new ItemsRenewed(renewed));
        foreach (var (item, status) in ended)
            draft.End(item, status, draft.State.EndsOf(item) + 1, context.Now);
        return draft.Decide(null);
    }

    private static bool IsAwaited(WorkflowState state, char purpose, int item) => purpose switch
    {
        WorkflowIntents.Submit => state.StatusOf(item) == StepStatus.Ready,
        WorkflowIntents.Again => state.StatusOf(item) == StepStatus.Retrying,
        _ => state.StatusOf(item) == StepStatus.Submitted,
    };

    private static void Sort(
        int item, char purpose, object? reply, List<int> submitted, List<int> stopping, List<int> renewed, List<(int, StepStatus)> ended)
    {
        switch (purpose, reply)
        {
            case (WorkflowIntents.Submit, EntityFailure): // too large to be stored, which no repetition mends
            case (WorkflowIntents.Submit, SubmitReply { IsForeign: true } or StartedReply { IsForeign: true }): // made between the look for it and now
                ended.Add((item, StepStatus.Failed));
                break;
            case (WorkflowIntents.Again, JobCommandResult.NotFound or WorkflowCommandResult.NotFound): // its retention is over
                renewed.Add(item);
                break;
            case (WorkflowIntents.Again, WorkflowCommandResult.Refused { Status: WorkflowStatus.Compensated or WorkflowStatus.Failed }):
                ended.Add((item, StepStatus.Failed));
                break;
            case (WorkflowIntents.Submit or WorkflowIntents.Again, _): // a refusal means that it runs or has ended: its report is on its way
                submitted.Add(item);
                break;
            case (WorkflowIntents.Stop, JobCommandResult.NotFound or WorkflowCommandResult.NotFound):
                ended.Add((item, StepStatus.Cancelled));
                break;
            default:
                stopping.Add(item);
                break;
        }
    }
}
