using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;
using ActorJobs.Schedules;
using static ActorJobs.Tests.Schedules.ScheduleSamples;

namespace ActorJobs.Tests.Schedules;

public sealed class ScheduleOverlapTests
{
    [Fact]
    public void Overlap_allowed_fires_beside_the_earlier_job()
    {
        var schedule = WithFirstRunning(OverlapPolicy.Allow);

        schedule.WakeAt(At(2));

        Assert.Equal([Key(1), Key(2)], schedule.Live);
    }

    [Fact]
    public void Overlap_skipped_does_not_fire_and_says_so()
    {
        var schedule = WithFirstRunning(OverlapPolicy.Skip);

        schedule.WakeAt(At(2));
        schedule.WakeAt(At(3));

        Assert.Equal([Key(1)], schedule.Live);
        var none = Assert.Single(schedule.Progress.Recent);
        Assert.Equal((FiringOutcome.Skipped, At(2), At(3), 2), (none.Outcome, none.Nominal, none.Until, none.Count));
        schedule.Finish(Key(1), At(3, 30));
        schedule.WakeAt(At(4));
        Assert.Equal([Key(4)], schedule.Live);
    }

    [Fact]
    public void Overlap_buffered_fires_one_when_the_earlier_job_has_ended()
    {
        var schedule = WithFirstRunning(OverlapPolicy.BufferOne);
        schedule.WakeAt(At(2));
        schedule.WakeAt(At(3));
        Assert.Equal([Key(1)], schedule.Live);

        schedule.Finish(Key(1), At(3, 30));

        Assert.Equal([Key(2)], schedule.Live);
        Assert.Null(schedule.Progress.Buffered);
        Assert.Equal([FiringOutcome.Skipped, FiringOutcome.Completed], schedule.Progress.Recent.Select(past => past.Outcome));
    }

    [Fact]
    public void Overlap_cancels_the_earlier_job_and_fires_the_latest_when_it_has_ended()
    {
        var schedule = WithFirstRunning(OverlapPolicy.CancelOther);
        schedule.WakeAt(At(2));
        schedule.WakeAt(At(3));

        var message = Assert.Single(schedule.Intents.Outbox);
        Assert.IsType<CancelJob>(message.Command);
        schedule.Send(new TakeFiringAnswers([new OutboxAnswer(message.Id, new JobCommandResult.Done(JobStatus.Running))]), At(3, 1));
        Assert.Empty(schedule.Intents.Outbox);
        schedule.Finish(Key(1), At(3, 2), JobStatus.Cancelled);

        Assert.Equal([Key(3)], schedule.Live);
    }

    [Fact]
    public void A_job_is_not_cancelled_before_it_is_there()
    {
        var schedule = StoredSchedule.Of(EveryMinute with { Overlap = OverlapPolicy.CancelOther }, Now);
        schedule.WakeAt(At(1));
        schedule.WakeAt(At(2));
        Assert.IsType<SubmitJob>(Assert.Single(schedule.Intents.Outbox).Command);

        schedule.Submit(At(2));

        Assert.IsType<CancelJob>(Assert.Single(schedule.Intents.Outbox).Command);
    }

    [Fact]
    public void A_trigger_obeys_the_overlap_policy()
    {
        Assert.Equal("overlap", Assert.IsType<ScheduleCommandResult.Refused>(WithFirstRunning(OverlapPolicy.Skip).Send(new TriggerSchedule("t"), At(1, 30))).Code);
        Assert.True(Assert.IsType<ScheduleCommandResult.Done>(WithFirstRunning(OverlapPolicy.BufferOne).Send(new TriggerSchedule("t"), At(1, 30))).IsBuffered);
    }

    private static StoredSchedule WithFirstRunning(OverlapPolicy overlap)
    {
        var schedule = StoredSchedule.Of(EveryMinute with { Overlap = overlap }, Now);
        schedule.WakeAt(At(1));
        schedule.Submit(At(1));
        return schedule;
    }
}
