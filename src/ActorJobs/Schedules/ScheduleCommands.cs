using ActorJobs.Actors.Entities;

namespace ActorJobs.Schedules;

/// <summary>What can be asked of a schedule.</summary>
internal abstract record ScheduleCommand;

/// <summary>Be this from now on. Answers <see cref="ScheduleCommandResult"/>.</summary>
internal sealed record PutSchedule(ScheduleDefinition Definition, ScheduleSource Source, bool? Paused) : ScheduleCommand;

/// <summary>Be no more. Answers <see cref="ScheduleCommandResult"/>.</summary>
internal sealed record DeleteSchedule(ScheduleSource Source) : ScheduleCommand;

/// <summary>Fire now. Answers <see cref="ScheduleCommandResult"/>.</summary>
internal sealed record TriggerSchedule(string Key) : ScheduleCommand;

/// <summary>Fire no more by itself. Answers <see cref="ScheduleCommandResult"/>.</summary>
internal sealed record PauseSchedule(string? Reason) : ScheduleCommand;

/// <summary>Fire again. Answers <see cref="ScheduleCommandResult"/>.</summary>
internal sealed record ResumeSchedule : ScheduleCommand;

/// <summary>Fire for times that have passed. Answers <see cref="ScheduleCommandResult"/>.</summary>
internal sealed record BackfillSchedule(DateTimeOffset From, DateTimeOffset To, int PerMinute) : ScheduleCommand;

/// <summary>Fire no more of the backfill. Answers <see cref="ScheduleCommandResult"/>.</summary>
internal sealed record CancelBackfill : ScheduleCommand;

/// <summary>The job of a firing has ended for the <paramref name="Ends"/>th time. Answers <see cref="FiringReportReply"/>.</summary>
internal sealed record ReportFiring(string Key, JobStatus Status, int Ends) : ScheduleCommand;

/// <summary>Messages were answered.</summary>
internal sealed record TakeFiringAnswers(IReadOnlyList<OutboxAnswer> Answers) : ScheduleCommand;

/// <summary>See whether something is due.</summary>
internal sealed record WakeSchedule : ScheduleCommand
{
    public static WakeSchedule Instance { get; } = new();
}

/// <summary>The report has arrived, or there is nobody to report to. Either way it need not be repeated.</summary>
internal enum FiringReportReply
{
    Taken,
    NoSuchSchedule,
}
