using ActorJobs.Schedules;
using static ActorJobs.Tests.Schedules.ScheduleSamples;

namespace ActorJobs.Tests.Schedules;

public sealed class ScheduleBackfillTests
{
    [Fact]
    public void A_trigger_fires_now_once_per_command()
    {
        var schedule = StoredSchedule.Of(EveryMinute, Now);
        schedule.Send(new PauseSchedule(null), Now);

        var first = schedule.Send(new TriggerSchedule("now-1"), At(0, 45));
        var again = schedule.Send(new TriggerSchedule("now-1"), At(0, 46));

        Assert.Equal(first, again);
        Assert.Equal(new JobId("s~now-1"), Assert.IsType<ScheduleCommandResult.Done>(first).Job);
        Assert.Equal(["now-1"], schedule.Live);
    }

    [Fact]
    public void A_backfill_fires_past_times_at_its_rate()
    {
        var schedule = StoredSchedule.Of(EveryMinute with { Every = TimeSpan.FromHours(1) }, Now);

        var reply = schedule.Send(new BackfillSchedule(At(-300), At(0), PerMinute: 30), Now);
        for (var second = 0; second < 20; second++)
            schedule.WakeAt(Now.AddSeconds(second));

        Assert.Equal(6, Assert.IsType<ScheduleCommandResult.Done>(reply).Firings);
        Assert.Equal(Enumerable.Range(-5, 6).Select(hour => Key(hour * 60)), schedule.Live);
        Assert.Equal([0, 2, 4, 6, 8, 10], schedule.Progress.Live.Select(firing => (int)(firing.At - Now).TotalSeconds));
        Assert.Null(schedule.Progress.Backfill);
    }

    [Fact]
    public void A_backfill_waits_for_each_job_unless_overlap_is_allowed()
    {
        var schedule = StoredSchedule.Of(EveryMinute with { Every = TimeSpan.FromHours(1), Overlap = OverlapPolicy.Skip }, Now);
        schedule.Send(new BackfillSchedule(At(-300), At(0), PerMinute: 60), Now);
        schedule.WakeAt(At(5));
        Assert.Single(schedule.Live);

        schedule.Finish(Key(-300), At(5, 1));
        schedule.WakeAt(At(5, 1));

        Assert.Equal([Key(-240)], schedule.Live);
    }

    [Fact]
    public void A_backfill_is_bounded()
    {
        var schedule = StoredSchedule.Of(EveryMinute, Now);

        Assert.Equal("to", Assert.IsType<ScheduleCommandResult.Invalid>(schedule.Send(new BackfillSchedule(At(-1001), At(0), 60), Now)).Problem.Field);
        Assert.Equal("to", Assert.IsType<ScheduleCommandResult.Invalid>(schedule.Send(new BackfillSchedule(At(-10), At(10), 60), Now)).Problem.Field);
        Assert.IsType<ScheduleCommandResult.Done>(schedule.Send(new BackfillSchedule(At(-10), At(0), 60), Now));
        Assert.Equal("backfill-running", Assert.IsType<ScheduleCommandResult.Refused>(schedule.Send(new BackfillSchedule(At(-20), At(0), 60), Now)).Code);
        schedule.Send(new CancelBackfill(), Now);
        Assert.Null(schedule.Progress.Backfill);
    }
}
