using System.Diagnostics;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Schedules;

/// <summary>What comes back: jobs that are there, jobs that have ended. In any order and any number of times.</summary>
internal sealed partial class ScheduleDecider
{
    private static Decision<ScheduleEvent> Report(ScheduleState state, ReportFiring report, DecisionContext context)
    {
        var draft = new FiringDraft(state, context.Now);
        draft.End(report.Key, OutcomeOf(report.Status), null, report.Ends);
        draft.ReleaseBuffered();
        return draft.Decide(FiringReportReply.Taken);
    }

    private static Decision<ScheduleEvent> Answers(ScheduleState state, TakeFiringAnswers answers, DecisionContext context)
    {
        if (state.Definition is null)
            return Decision.Reply<ScheduleEvent>(null);
        var draft = new FiringDraft(state, context.Now);
        foreach (var answer in answers.Answers)
        {
            if (ScheduleIntents.Parse(answer.Id) is not var (purpose, key))
                continue;
            switch (purpose, answer.Reply)
            {
                case (ScheduleIntents.Submit, Jobs.SubmitReply { IsNew: false } there) when there.Status.IsTerminal():
                    // made by an earlier schedule of this id, or ended before the answer came: its report may have gone to either
                    draft.End(key, OutcomeOf(there.Status), null, 0);
                    break;
                case (ScheduleIntents.Submit, EntityFailure failure): // too large, which no repetition mends
                    draft.End(key, FiringOutcome.Failed, $"The job was not accepted: {failure.Detail}", 0);
                    break;
                case (ScheduleIntents.Submit, _):
                    draft.Change(key, firing => firing with { Submitted = true });
                    break;
                case (ScheduleIntents.Stop, JobCommandResult.NotFound):
                    draft.End(key, FiringOutcome.Gone, "There is no such job any more.", 0);
                    break;
                case (ScheduleIntents.Stop, _):
                    draft.Change(key, firing => firing with { StopTold = true });
                    break;
            }
        }

        draft.ReleaseBuffered();
        return draft.Decide(null);
    }

    private static FiringOutcome OutcomeOf(JobStatus status) => status switch
    {
        JobStatus.Completed => FiringOutcome.Completed,
        JobStatus.Discarded => FiringOutcome.Failed,
        JobStatus.Cancelled => FiringOutcome.Cancelled,
        JobStatus.Expired => FiringOutcome.Expired,
        _ => throw new UnreachableException($"{status} is no end"),
    };
}
