using ActorJobs.Actors.Entities;

namespace ActorJobs.Jobs;

/// <summary>A node's end is told to its workflow until that has answered.</summary>
internal sealed partial class JobDecider
{
    public JobCommand Answered(IReadOnlyList<OutboxAnswer> answers) => new AcknowledgeEnd(answers.Max(answer => JobReport.EndsOf(answer.Id)));

    private static Decision<JobEvent> Acknowledge(JobState state, AcknowledgeEnd acknowledge) =>
        state.OwesReport && acknowledge.Ends == state.Ends
            ? Decision.Happened<JobEvent>(new JobReported(acknowledge.Ends), null)
            : Decision.Reply<JobEvent>(null);
}
