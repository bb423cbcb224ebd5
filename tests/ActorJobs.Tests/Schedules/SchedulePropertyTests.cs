using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;
using ActorJobs.Schedules;
using ActorJobs.TestKit.Specs;

namespace ActorJobs.Tests.Schedules;

/// <summary>What holds for every schedule, however it is woken, repeated, forgotten and read again, and whatever clocks do.</summary>
public sealed class SchedulePropertyTests
{
    private const int Lives = 100;
    private const int Steps = 120;

    [Fact]
    public void No_time_fires_twice_and_none_is_lost_beyond_the_policy()
    {
        var seed = Seed.Next();
        for (var number = 0; number < Lives; number++)
            new Life(seed + number, clockJumps: false).Live();
    }

    [Fact]
    public void Clocks_that_jump_fire_no_time_twice()
    {
        var seed = Seed.Next();
        for (var number = 0; number < Lives; number++)
            new Life(seed + number, clockJumps: true).Live();
    }

    /// <summary>One schedule with its jobs: what the shell, the jobs' entities and a faulty network would do with it.</summary>
    private sealed class Life
    {
        private readonly Random random;
        private readonly bool clockJumps;
        private readonly int seed;
        private readonly ScheduleRequest request;
        private readonly StoredSchedule schedule;
        private readonly Dictionary<string, bool> jobs = new(StringComparer.Ordinal); // whether each has ended
        private readonly Dictionary<DateTimeOffset, int> firings = [];
        private DateTimeOffset now = ScheduleSamples.Now;

        public Life(int seed, bool clockJumps)
        {
            (this.seed, this.clockJumps, random) = (seed, clockJumps, new Random(seed));
            request = ScheduleSamples.EveryMinute with
            {
                Every = random.Next(2) == 0 ? TimeSpan.FromMinutes(1) : null,
                Misfire = (MisfirePolicy)random.Next(3),
                MisfireAfter = TimeSpan.FromSeconds(random.Next(1, 120)),
                Overlap = (OverlapPolicy)random.Next(4),
                Jitter = random.Next(2) == 0 ? null : TimeSpan.FromSeconds(random.Next(1, 200)),
            };
            if (request.Misfire == MisfirePolicy.All)
                request = request with { MisfireWindow = TimeSpan.FromDays(31) }; // longer than a life
            if (request.Every is null)
                request = request with { Cron = "*/3 * * * *", Zone = "America/New_York" };
            schedule = StoredSchedule.Of(request, now);
        }

        public void Live()
        {
            var start = now;
            for (var step = 0; step < Steps; step++)
            {
                Step(random.Next(10));
                Check();
            }

            if (!clockJumps)
                CheckNoneLost(start);
        }

        private void Step(int kind)
        {
            switch (kind)
            {
                case 0:
                    now += TimeSpan.FromMinutes(random.Next(1, 200)); // nothing was running
                    break;
                case 1 when clockJumps:
                    now -= TimeSpan.FromMinutes(random.Next(1, 300));
                    break;
                case 2:
                    schedule.Send(WakeSchedule.Instance, now); // too early, or once too often
                    break;
                case 3:
                    schedule.Reload();
                    break;
                case 4 or 5:
                    DeliverOutbox();
                    break;
                case 6:
                    EndSomeJob();
                    break;
                case 7 when random.Next(4) == 0:
                    schedule.Send(new PutSchedule(ScheduleSamples.Define(request), ScheduleSource.Api, null), now);
                    break;
                default:
                    now = schedule.Intents.WakeAt is { } due && due > now ? due.AddMilliseconds(random.Next(0, 1500)) : now.AddSeconds(random.Next(0, 90));
                    schedule.WakeAt(now);
                    break;
            }
        }

        private void DeliverOutbox()
        {
            foreach (var message in schedule.Intents.Outbox)
            {
                if (random.Next(4) == 0)
                    continue; // lost on its way
                var (_, key) = ScheduleIntents.Parse(message.Id)!.Value;
                object reply;
                if (message.Command is SubmitJob submit)
                {
                    var isNew = jobs.TryAdd(key, false);
                    if (isNew && submit.Spec.Meta!["nominal"] is { } nominal)
                        firings[ScheduleSamples.At(nominal)] = firings.GetValueOrDefault(ScheduleSamples.At(nominal)) + 1;
                    reply = new SubmitReply(jobs[key] ? JobStatus.Completed : JobStatus.Available, isNew);
                }
                else
                {
                    Assert.True(jobs.ContainsKey(key), "cancelled before it was there");
                    reply = new JobCommandResult.Done(JobStatus.Running);
                }

                if (random.Next(4) == 0)
                    continue; // the answer is lost
                for (var times = random.Next(1, 3); times > 0; times--)
                    schedule.Send(new TakeFiringAnswers([new OutboxAnswer(message.Id, reply)]), now);
            }
        }

        private void EndSomeJob()
        {
            var open = jobs.Where(job => !job.Value).Select(job => job.Key).Order(StringComparer.Ordinal).ToArray();
            if (open.Length == 0)
                return;
            var key = open[random.Next(open.Length)];
            jobs[key] = true;
            for (var times = random.Next(1, 3); times > 0; times--)
                schedule.Send(new ReportFiring(key, JobStatus.Completed, 1), now);
        }

        private void Check()
        {
            Assert.All(firings, firing => Assert.True(firing.Value == 1, $"seed {seed}: {firing.Key:O} fired {firing.Value} times"));
            var live = schedule.Progress.Live;
            Assert.Equal(live.Count, live.Select(firing => firing.Key).Distinct().Count());
            Assert.True(request.Overlap is OverlapPolicy.Allow or null ? live.Count <= ScheduleProgress.MaxLive : live.Count <= 1, $"seed {seed}: {live.Count} at once");
            Assert.True(schedule.Progress.Buffered is null || live.Count > 0, $"seed {seed}: waits for nothing");
            Assert.True(schedule.Progress.Recent.Count <= ScheduleProgress.MaxRecent, $"seed {seed}");
            foreach (var key in jobs.Where(job => !job.Value).Select(job => job.Key))
                Assert.Contains(key, live.Select(firing => firing.Key)); // it knows of every job that has not ended
        }

        /// <summary>Every nominal time up to now has fired, waits, or was refused for a reason that is counted.</summary>
        private void CheckNoneLost(DateTimeOffset start)
        {
            schedule.WakeAt(now);
            while (schedule.Progress.Live.Count >= ScheduleProgress.MaxLive)
            {
                DeliverOutbox();
                EndSomeJob();
                schedule.WakeAt(now);
            }

            var progress = schedule.Progress;
            var named = ScheduleSamples.Define(request).Timetable.Between(start, progress.Handled, int.MaxValue).Count();
            Assert.Equal(named, progress.Fired + progress.Skipped + progress.Missed + (progress.Buffered is null ? 0 : 1));
            if (request is { Overlap: OverlapPolicy.Allow, Misfire: MisfirePolicy.All } && named <= 1000) // what waits for room is within what is caught up with
                Assert.Equal(0, progress.Missed + progress.Skipped);
            if (request.Misfire == MisfirePolicy.Skip && request.Overlap == OverlapPolicy.Allow)
                Assert.Equal(0, progress.Skipped);
        }
    }
}
