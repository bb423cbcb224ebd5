using ActorJobs.Actors.Entities;

namespace ActorJobs.Jobs;

/// <summary>
/// Two jobs, one unique key. The holder decides, in one write of its own: what a submit replaces becomes part of the holder's history, so there
/// is no moment at which a dying process could leave the old job cancelled and the new one not there.
/// </summary>
internal sealed partial class JobDecider
{
    private static Decision<JobEvent> Contend(JobState state, ContendForKey contend, DecisionContext context)
    {
        var rule = contend.Spec.Unique!;
        if (JobIntents.KeyOf(state) != rule.Key)
            return Decision.Reply<JobEvent>(ContendReply.Free);
        if (rule.OnConflict == UniqueConflict.Existing)
            return Decision.Reply<JobEvent>(new SubmitReply(state.VisibleStatus, false));
        if (state.Running is not null || state.Status.IsTerminal())
            return Decision.Reply<JobEvent>(ContendReply.Held);
        var spec = contend.Spec with { Unique = state.Spec!.Unique }; // the key stays held as it is
        return rule.OnConflict switch
        {
            UniqueConflict.Replace => Replaced(spec with { RunAt = state.Spec.RunAt }, state.Status, state.Since, context),
            UniqueConflict.Debounce when spec.RunAt is { } runAt && runAt > context.Now => Replaced(spec, JobStatus.Scheduled, runAt, context),
            UniqueConflict.Debounce => Replaced(spec, JobStatus.Available, context.Now, context),
            _ => Decision.Reply<JobEvent>(ContendReply.Held),
        };
    }

    private static Decision<JobEvent> Replaced(JobSpec spec, JobStatus status, DateTimeOffset since, DecisionContext context) =>
        Decision.Happened<JobEvent>(new JobReplaced(spec, status, since, context.Now), new SubmitReply(status, false));
}
