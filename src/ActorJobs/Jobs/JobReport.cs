using System.Diagnostics;
using System.Globalization;
using ActorJobs.Actors.Entities;
using ActorJobs.Schedules;
using ActorJobs.Workflows;

namespace ActorJobs.Jobs;

/// <summary>What a job has its workflow or schedule told when it has ended.</summary>
internal static class JobReport
{
    public static OutboxMessage Of(JobState state, JobSpec spec)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"end{state.Ends}");
        return spec.ScheduleId is { } schedule
            ? new OutboxMessage(id, ScheduleIds.Entity(schedule), new ReportFiring(spec.FiringKey!, state.Status, state.Ends))
            : new OutboxMessage(id, WorkflowIds.Entity(spec.WorkflowId!), new ReportNode(spec.NodeKey!, EndOf(state.Status), state.Ends));
    }

    /// <summary>Which end a message was about.</summary>
    public static int EndsOf(string message) => int.Parse(message.AsSpan("end".Length), CultureInfo.InvariantCulture);

    private static StepStatus EndOf(JobStatus status) => status switch
    {
        JobStatus.Completed => StepStatus.Completed,
        JobStatus.Discarded => StepStatus.Failed,
        JobStatus.Cancelled => StepStatus.Cancelled,
        JobStatus.Expired => StepStatus.Expired,
        _ => throw new UnreachableException($"{status} is no end"),
    };
}
