using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;
using ActorJobs.Schedules;
using static ActorJobs.Tests.Schedules.ScheduleSamples;

namespace ActorJobs.Tests.Schedules;

public sealed class ScheduleDeciderTests
{
    [Fact]
    public void It_fires_at_its_times_and_names_the_jobs_by_them()
    {
        var schedule = StoredSchedule.Of(EveryMinute, Now);
        Assert.Equal(At(1), schedule.Intents.WakeAt);

        schedule.WakeAt(At(1));

        var message = Assert.Single(schedule.Intents.Outbox);
        Assert.Equal("s~20260601T100100Z", message.To.Id);
        var spec = Assert.IsType<SubmitJob>(message.Command).Spec;
        Assert.Equal(("work", """{"n":1}""", "s", "2026-06-01T10:01:00Z"), (spec.Kind, spec.Args.ToString(), spec.ScheduleId, spec.Meta!["nominal"]));
        Assert.Equal(At(2), schedule.Intents.WakeAt);
    }

    [Fact]
    public void A_job_is_submitted_until_that_is_answered()
    {
        var schedule = StoredSchedule.Of(EveryMinute, Now);
        schedule.WakeAt(At(1));
        schedule.Reload();
        Assert.Single(schedule.Intents.Outbox);

        schedule.Submit(At(1));
        schedule.Reload();

        Assert.Empty(schedule.Intents.Outbox);
        Assert.Equal([Key(1)], schedule.Live);
    }

    [Fact]
    public void The_history_does_not_grow_with_firings()
    {
        var schedule = StoredSchedule.Of(EveryMinute, Now);
        for (var minute = 1; minute < 100; minute++)
        {
            schedule.WakeAt(At(minute));
            schedule.Submit(At(minute));
            schedule.Finish(Key(minute), At(minute, 5));
        }

        Assert.Equal((1, 99, ScheduleProgress.MaxRecent), (schedule.Events, schedule.Progress.Fired, schedule.Progress.Recent.Count));
    }

    [Theory]
    [InlineData(MisfirePolicy.Skip, new int[0], 119)]
    [InlineData(MisfirePolicy.Once, new[] { 119 }, 118)]
    [InlineData(MisfirePolicy.All, new[] { 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119 }, 89)]
    public void After_two_hours_of_downtime_it_fires_what_its_policy_says(MisfirePolicy policy, int[] fired, int missed)
    {
        var schedule = StoredSchedule.Of(
            EveryMinute with
            {
                Misfire = policy,
                MisfireWindow = policy == MisfirePolicy.All ? TimeSpan.FromMinutes(30) : null,
                MisfireAfter = TimeSpan.FromSeconds(10),
                End = At(119),
            },
            Now);

        schedule.WakeAt(At(120));

        Assert.Equal(fired.Select(Key), schedule.Live);
        Assert.Equal(missed, schedule.Progress.Missed);
        var none = Assert.Single(schedule.Progress.Recent);
        Assert.Equal((FiringOutcome.Missed, At(1), missed), (none.Outcome, none.Nominal, none.Count));
    }

    [Fact]
    public void A_time_that_fires_at_the_moment_makes_up_for_missed_ones()
    {
        var schedule = StoredSchedule.Of(EveryMinute with { MisfireAfter = TimeSpan.FromSeconds(10) }, Now);

        schedule.WakeAt(At(30, 5));

        Assert.Equal([Key(30)], schedule.Live);
        Assert.Equal(29, schedule.Progress.Missed);
    }

    [Fact]
    public void What_is_late_by_less_than_it_may_be_fires()
    {
        var schedule = StoredSchedule.Of(EveryMinute with { Misfire = MisfirePolicy.Skip, MisfireAfter = TimeSpan.FromMinutes(5) }, Now);

        schedule.WakeAt(At(5));

        Assert.Equal([Key(1), Key(2), Key(3), Key(4), Key(5)], schedule.Live);
    }

    [Fact]
    public void Catching_up_is_bounded_and_waits_for_room()
    {
        var schedule = StoredSchedule.Of(
            EveryMinute with { Every = TimeSpan.FromSeconds(1), Misfire = MisfirePolicy.All, MisfireWindow = TimeSpan.FromDays(31), MisfireAfter = TimeSpan.FromSeconds(1), End = At(600) },
            Now);
        var fired = new List<string>();
        var now = At(601);
        for (schedule.WakeAt(now); schedule.Progress.Live.Count > 0; schedule.WakeAt(now))
        {
            Assert.True(schedule.Progress.Live.Count <= ScheduleProgress.MaxLive);
            foreach (var key in schedule.Live.ToArray())
            {
                fired.Add(key);
                schedule.Finish(key, now);
            }
        }

        Assert.Equal(Enumerable.Range(0, 1000).Select(second => ScheduleIds.KeyOf(At(600, second - 999))), fired);
        Assert.Equal(10_000, schedule.Progress.Missed); // 34 970, counted up to here
    }

    [Fact]
    public void Clocks_that_go_back_fire_nothing_twice()
    {
        var schedule = StoredSchedule.Of(EveryMinute, Now);
        schedule.WakeAt(At(1));
        schedule.Finish(Key(1), At(1, 10));

        schedule.WakeAt(At(0, 50));
        schedule.WakeAt(At(1, 1));

        Assert.Empty(schedule.Live);
        Assert.Equal(1, schedule.Progress.Fired);
    }

    [Fact]
    public void Jitter_is_the_same_each_time_and_less_than_its_bound()
    {
        var request = EveryMinute with { Jitter = TimeSpan.FromSeconds(40) };
        TimeSpan[] delays = [.. Enumerable.Range(1, 200).Select(minute => ScheduleIds.JitterOf("s", At(minute), request.Jitter.Value))];
        var schedule = StoredSchedule.Of(request, Now);
        Assert.Equal(At(1) + delays[0], schedule.Intents.WakeAt);

        schedule.WakeAt(At(1) + delays[0] - TimeSpan.FromMilliseconds(1));
        Assert.Empty(schedule.Live);
        schedule.WakeAt(At(1) + delays[0]);

        Assert.Equal([Key(1)], schedule.Live);
        Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromSeconds(40)));
        Assert.InRange(delays.Average(delay => delay.TotalSeconds), 15, 25);
    }

    [Fact]
    public void A_job_that_cannot_be_stored_is_a_failed_firing()
    {
        var schedule = StoredSchedule.Of(EveryMinute, Now);
        schedule.WakeAt(At(1));

        schedule.Send(new TakeFiringAnswers([new OutboxAnswer(schedule.Intents.Outbox[0].Id, new EntityFailure(EntityFailureReason.TooLarge, "5 MB"))]), At(1));

        Assert.Empty(schedule.Live);
        Assert.Equal(FiringOutcome.Failed, Assert.Single(schedule.Progress.Recent).Outcome);
    }

    [Fact]
    public void A_retry_by_hand_changes_what_is_known_of_the_firing()
    {
        var schedule = StoredSchedule.Of(EveryMinute, Now);
        schedule.WakeAt(At(1));
        schedule.Finish(Key(1), At(1, 5), JobStatus.Discarded);

        schedule.Send(new ReportFiring(Key(1), JobStatus.Completed, 2), At(9));
        schedule.Send(new ReportFiring(Key(1), JobStatus.Discarded, 1), At(9)); // late

        Assert.Equal(FiringOutcome.Completed, Assert.Single(schedule.Progress.Recent).Outcome);
    }

    [Fact]
    public void While_paused_it_does_not_fire_and_afterwards_does_not_make_up_for_it()
    {
        var schedule = StoredSchedule.Of(EveryMinute, Now);
        schedule.Send(new PauseSchedule("maintenance"), At(0, 40));
        Assert.Null(schedule.Intents.WakeAt);
        schedule.Send(WakeSchedule.Instance, At(5));
        Assert.Empty(schedule.Live);

        schedule.Send(new ResumeSchedule(), At(10, 30));

        schedule.WakeAt(At(11));
        Assert.Equal([Key(11)], schedule.Live);
        Assert.Equal(0, schedule.Progress.Missed);
    }

    [Fact]
    public void Putting_the_same_again_changes_nothing_and_another_job_keeps_the_times()
    {
        var schedule = StoredSchedule.Of(EveryMinute, Now);
        schedule.Send(new PutSchedule(Define(EveryMinute), ScheduleSource.Api, null), At(0, 40));
        Assert.Equal(1, schedule.Events);

        var other = EveryMinute with { Job = new JobRequest { Kind = "work", Priority = 9 } };
        schedule.Send(new PutSchedule(Define(other), ScheduleSource.Api, null), At(0, 50));

        Assert.Equal((2, At(1)), (schedule.Events, schedule.Intents.WakeAt));
    }

    [Fact]
    public void Another_rule_fires_from_now_on()
    {
        var schedule = StoredSchedule.Of(EveryMinute, Now);

        schedule.Send(new PutSchedule(Define(Cron("*/7 * * * *")), ScheduleSource.Api, null), At(1, 30));

        Assert.Equal([Key(1)], schedule.Live); // what was due under the old one
        Assert.Equal(At(7), schedule.Intents.WakeAt);
    }

    [Fact]
    public void What_stands_in_the_configuration_is_changed_there()
    {
        var schedule = new StoredSchedule();
        var definition = Define(EveryMinute);
        schedule.Send(new PutSchedule(definition, ScheduleSource.Configuration, null), Now);
        schedule.Send(new PauseSchedule(null), Now);

        Assert.Equal("configured", Assert.IsType<ScheduleCommandResult.Refused>(schedule.Send(new PutSchedule(definition, ScheduleSource.Api, null), Now)).Code);
        Assert.Equal("configured", Assert.IsType<ScheduleCommandResult.Refused>(schedule.Send(new DeleteSchedule(ScheduleSource.Api), Now)).Code);
        schedule.Send(new PutSchedule(definition, ScheduleSource.Configuration, false), Now);
        Assert.NotNull(schedule.State.PausedAt); // a restart does not undo what an operator did
        schedule.Send(new DeleteSchedule(ScheduleSource.Configuration), Now);
        Assert.False(schedule.State.Exists);
    }

    [Fact]
    public void A_deleted_schedule_sees_its_last_firing_through_and_goes()
    {
        var schedule = StoredSchedule.Of(EveryMinute, Now);
        schedule.WakeAt(At(1));

        schedule.Send(new DeleteSchedule(ScheduleSource.Api), At(1));
        schedule.Reload();

        Assert.IsType<ScheduleCommandResult.NotFound>(schedule.Send(new TriggerSchedule("t"), At(1)));
        Assert.Null(schedule.Intents.DeleteAt);
        Assert.Empty(schedule.Intents.Entries);
        schedule.Submit(At(2));
        Assert.Equal(At(1), schedule.Intents.DeleteAt);
        Assert.Equal(FiringReportReply.NoSuchSchedule, schedule.Send(new ReportFiring(Key(1), JobStatus.Completed, 1), At(2)));
    }

    [Fact]
    public void Every_command_is_decided_in_every_state()
    {
        ScheduleCommand[] commands =
        [
            new PutSchedule(Define(EveryMinute), ScheduleSource.Api, true), new DeleteSchedule(ScheduleSource.Api), new TriggerSchedule("t"),
            new PauseSchedule(null), new ResumeSchedule(), new BackfillSchedule(At(-5), At(0), 60), new CancelBackfill(), new ReportFiring("k", JobStatus.Completed, 1),
            new TakeFiringAnswers([new OutboxAnswer("sk", null)]), WakeSchedule.Instance,
        ];
        Assert.Equal(
            typeof(ScheduleCommand).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(ScheduleCommand))).ToHashSet(),
            commands.Select(command => command.GetType()).ToHashSet());

        foreach (var first in commands)
        {
            foreach (var second in commands)
            {
                var schedule = new StoredSchedule();
                schedule.Send(first, Now);
                schedule.Send(second, At(3));
                schedule.Reload();
                schedule.Send(first, At(4));
            }
        }
    }
}
