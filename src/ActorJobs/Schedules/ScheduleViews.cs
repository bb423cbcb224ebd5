using NodaTime;

namespace ActorJobs.Schedules;

/// <summary>Makes views of states.</summary>
internal static class ScheduleViews
{
    private const int NextInDetail = 10;
    private const int RecentInLists = 5;

    public static ScheduleView Detail(ScheduleState state) => Of(state, NextInDetail, ScheduleProgress.MaxRecent);

    public static ScheduleView Summary(ScheduleState state) => Of(state, 1, RecentInLists);

    private static ScheduleView Of(ScheduleState state, int next, int recent)
    {
        var progress = state.Progress;
        return new ScheduleView
        {
            Id = state.Id,
            Request = state.Definition!.Request with { Paused = state.PausedAt is not null },
            Source = state.Source,
            CreatedAt = state.CreatedAt,
            ChangedAt = state.ChangedAt,
            PausedAt = state.PausedAt,
            PauseReason = state.PauseReason,
            NextFirings = [.. state.Definition.Timetable.Between(progress.Handled, DateTimeOffset.MaxValue, next).Select(nominal => NextOf(state, nominal))],
            Running = [.. progress.Live.Select(firing => Of(state, firing))],
            Buffered = progress.Buffered is { } buffered ? Of(state, buffered) : null,
            Recent = [.. progress.Recent.Reverse().Take(recent).Select(past => Of(state, past))],
            Backfill = progress.Backfill is { } run ? new BackfillView(run.From, run.To, run.Remaining, run.PerMinute) : null,
            Fired = progress.Fired,
            Skipped = progress.Skipped,
            Missed = progress.Missed,
        };
    }

    private static NextFiring NextOf(ScheduleState state, DateTimeOffset nominal) => new(
        nominal,
        nominal + ScheduleIds.JitterOf(state.Id, nominal, state.Definition!.Jitter),
        Instant.FromDateTimeOffset(nominal).InZone(state.Definition.Timetable.Zone).ToDateTimeOffset());

    private static FiringView Of(ScheduleState state, Firing firing) =>
        new(ScheduleIds.JobOf(state.Id, firing.Key), firing.Nominal, firing.Origin, firing.At);

    private static FiringView Of(ScheduleState state, PastFiring past) =>
        new(past.Key is { } key ? ScheduleIds.JobOf(state.Id, key) : null, past.Nominal, past.Origin, past.At)
        {
            Outcome = past.Outcome,
            EndedAt = past.EndedAt,
            Detail = past.Detail,
            Count = past.Count,
            Until = past.Until,
        };
}
