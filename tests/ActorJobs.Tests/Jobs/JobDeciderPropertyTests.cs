using ActorJobs.Jobs;
using ActorJobs.TestKit.Specs;

namespace ActorJobs.Tests.Jobs;

/// <summary>What holds for every job, whatever happens to it and in whichever order.</summary>
public sealed class JobDeciderPropertyTests
{
    private const int Jobs = 120;
    private const int Steps = 60;

    [Fact]
    public void Whatever_happens_to_a_job_its_laws_hold()
    {
        var seed = Seed.Next();
        var reached = new HashSet<JobStatus>();
        for (var number = 0; number < Jobs; number++)
            new Life(seed + number, reached).Live();

        Assert.Equal(Enum.GetValues<JobStatus>().Except([JobStatus.Waiting]), reached.Order());
    }

    [Theory]
    [InlineData(AttemptOutcome.Failed)]
    [InlineData(AttemptOutcome.TimedOut)]
    [InlineData(AttemptOutcome.Crashed)]
    [InlineData(AttemptOutcome.Lost)]
    public void A_job_that_keeps_failing_is_discarded_after_exactly_its_attempts(AttemptOutcome how)
    {
        for (var max = 1; max <= 12; max++)
        {
            var job = new StoredJob();
            var now = JobSamples.Now;
            job.Send(new SubmitJob(JobSamples.Spec with { MaxAttempts = max }), now);
            var failures = 0;
            for (var step = 0; !job.State.Status.IsTerminal(); step++)
            {
                Assert.True(step <= 3 * max, $"still {job.State.Status} after {step} attempts of at most {max}");
                now = job.Intents.WakeAt ?? now;
                job.Send(WakeJob.Instance, now);
                job.Send(new StartAttempt("n1", "p"), now);
                var isFailure = step % 3 != 1; // between failures, one that is not counted
                job.Send(isFailure ? Failure(how, job.State.Running!.Number) : End(AttemptOutcome.Interrupted, null, job.State.Running!.Number), now);
                failures += isFailure ? 1 : 0;
            }

            Assert.Equal((JobStatus.Discarded, max, max), (job.State.Status, failures, job.State.Used));
        }
    }

    private static JobCommand Failure(AttemptOutcome how, int attempt) => how switch
    {
        AttemptOutcome.Lost => new LoseAttempt(attempt, "n1", WasKnown: true),
        AttemptOutcome.Failed => End(how, new JobOutcome.Failure(JobSamples.Error, null), attempt),
        _ => End(how, null, attempt),
    };

    private static EndAttempt End(AttemptOutcome how, JobOutcome? outcome, int attempt) =>
        new(attempt, how, outcome, Backoff.Default, AttemptReport.Nothing);

    /// <summary>One job from its submit to its deletion, or until enough has happened.</summary>
    private sealed class Life(int seed, HashSet<JobStatus> reached)
    {
        private readonly RandomJob random = new(new Random(seed));
        private readonly StoredJob job = new();
        private DateTimeOffset now = JobSamples.Now;
        private bool everStarted;
        private JobState? beforeAction;
        private Func<string> last = () => "";

        public void Live()
        {
            Do(random.Submit(now));
            for (var step = 0; step < Steps; step++)
            {
                now += random.Pause;
                WakeWhenDue();
                if (job.Intents.DeleteAt <= now)
                    break;
                Do(random.Next(job.State));
            }

            Same(job.State, job.Folded(), "the history tells the state");
        }

        // as a shard does: each wake at its time, and each must lead somewhere
        private void WakeWhenDue()
        {
            while (job.Intents.WakeAt is { } due && due <= now)
            {
                Do(WakeJob.Instance, due);
                That(!(job.Intents.WakeAt <= due), "a wake leads to a later one or none");
            }
        }

        private void Do(JobCommand command, DateTimeOffset? at = null)
        {
            var before = job.State;
            last = () => $"{command} at {at ?? now:O} on {before.VisibleStatus}";
            var decision = job.Send(command, at ?? now, random.Seed);
            var after = job.State;
            reached.Add(after.VisibleStatus);
            everStarted |= after.Running is not null;

            Fenced(before, command, decision.Events.Count + (decision.Lease is null ? 0 : 1));
            That(after.Attempt >= before.Attempt, "attempt numbers only grow");
            That(after.Running is null || after.Running.Number == after.Attempt + 1, "a claim has the next number");
            That(after.Used <= after.Spec!.MaxAttempts, "no more attempts than allowed");
            That(before.Status == after.Status || !before.Status.IsTerminal() || command is RetryJob or DismissJob or UndoAction, "only people change a terminal state");
            Undone(before, command, after, decision.Events.Count > 0);
            That(after.Status.IsTerminal() == after.FinishedAt is not null, "what is terminal has an end");
            That(after.Status is not (JobStatus.Scheduled or JobStatus.Retryable) || job.Intents.WakeAt is not null, "what waits for a time is woken");
            That(job.Intents.WakeAt is null || job.Intents.DeleteAt is null, "never woken and deleted");
            That(!after.Status.IsTerminal() || job.Intents.WakeAt is not null || job.Intents.DeleteAt is not null, "what has ended is deleted some time");
            Listed(after);
            Held(after, at ?? now);
            Same(after, job.Reloaded(), "what is stored is the state");
        }

        private void Fenced(JobState before, JobCommand command, int changes)
        {
            var attempt = command switch { EndAttempt end => end.Attempt, ReportAttempt report => report.Attempt, _ => (int?)null };
            if (attempt is { } number && number != before.Running?.Number)
                That(changes == 0, "what comes from an attempt that does not run changes nothing");
        }

        // what an action changed is as it was before it, but for attempts, which have taken place
        private void Undone(JobState before, JobCommand command, JobState after, bool hasHappened)
        {
            if (command is UndoAction undo)
            {
                That(hasHappened == (before.Undo?.Action == undo.Action && before.Running is null), "taken back exactly while nothing has happened since");
                if (hasHappened)
                {
                    var was = beforeAction!;
                    That(after.Undo is null, "taken back once");
                    That(
                        (after.Status, after.Since, after.Used, after.FinishedAt, after.CancelReason, after.Spec!.StartBy, after.Spec.Args)
                        == (was.Status, was.Since, was.Used, was.FinishedAt, was.CancelReason, was.Spec!.StartBy, was.Spec.Args), "as it was before the action");
                }
            }
            else if (hasHappened && after.Undo is not null && !ReferenceEquals(before.Undo, after.Undo) && before.Undo != after.Undo)
            {
                beforeAction = before;
            }
        }

        private void Listed(JobState state)
        {
            var own = Assert.Single(job.Intents.Entries, entry => entry.Index.StartsWith(JobIndex.Prefix, StringComparison.Ordinal));
            That(JobIndex.Parse(own.Index).Status == state.VisibleStatus, "listed under its state");
            That(job.Intents.Entries.Count == 1 + (state.Spec!.Tags?.Count ?? 0) + (state.Spec.Tenant is null ? 0 : 2) + (state.Undo is null ? 0 : 1), "listed once per tag, tenant, tenant and state, and action");
        }

        private void Held(JobState state, DateTimeOffset at)
        {
            var isHeld = state.Spec!.Unique is { } rule && rule.Scope switch
            {
                UniqueScope.UntilFinished => !state.Status.IsTerminal(),
                UniqueScope.UntilStarted => !state.Status.IsTerminal() && !everStarted,
                _ => at < state.CreatedAt + rule.Period || (!state.KeyReleased && job.Intents.WakeAt <= at), // released by the wake at that time
            };
            That(job.Intents.UniqueKey == (isHeld ? "key" : null), "the unique key is held in its scope only");
        }

        private void Same(JobState expected, JobState actual, string law)
        {
            var (wanted, got) = (JobSamples.Text(expected), JobSamples.Text(actual));
            if (wanted != got)
                That(false, $"{law}: {wanted} is not {got}");
            var (one, other) = (JobSamples.Decider.Intents(expected), JobSamples.Decider.Intents(actual));
            That(one with { Entries = [] } == other with { Entries = [] } && one.Entries.SequenceEqual(other.Entries), "intents depend on the state only");
        }

        private void That(bool holds, string law)
        {
            if (!holds)
                Assert.Fail($"{law} ({last()}; set ACTORJOBS_SEED={seed})");
        }
    }
}
