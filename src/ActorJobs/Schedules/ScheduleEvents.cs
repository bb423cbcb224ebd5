using ActorJobs.Actors.Entities;

namespace ActorJobs.Schedules;

/// <summary>What can happen to a schedule.</summary>
internal abstract record ScheduleEvent;

/// <summary>Somebody said what it is.</summary>
[EventType("schedule.defined.v1")]
internal sealed record ScheduleDefined(string Id, ScheduleDefinition Definition, ScheduleSource Source, DateTimeOffset At) : ScheduleEvent;

/// <summary>It fires no more by itself.</summary>
[EventType("schedule.paused.v1")]
internal sealed record SchedulePaused(string? Reason, DateTimeOffset At) : ScheduleEvent;

/// <summary>It fires again.</summary>
[EventType("schedule.resumed.v1")]
internal sealed record ScheduleResumed(DateTimeOffset At) : ScheduleEvent;

/// <summary>It was deleted.</summary>
[EventType("schedule.deleted.v1")]
internal sealed record ScheduleDeleted(DateTimeOffset At) : ScheduleEvent;

/// <summary>How far it has come. A lease: replaced by the next, never part of the history.</summary>
[EventType("schedule.progressed.v1")]
internal sealed record ScheduleProgressed(ScheduleProgress Progress) : ScheduleEvent;
