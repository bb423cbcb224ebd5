using ActorJobs.Jobs;

namespace ActorJobs.Tests.Jobs;

/// <summary>Draws jobs and what happens to them.</summary>
internal sealed class RandomJob(Random random)
{
    private static readonly JobOutcome?[] Outcomes =
    [
        new JobOutcome.Completion(RawJson.Parse("{\"ok\":true}")),
        new JobOutcome.Completion(RawJson.Null),
        new JobOutcome.Failure(JobSamples.Error, null),
        new JobOutcome.Failure(JobSamples.Error, null),
        new JobOutcome.Failure(JobSamples.Error, TimeSpan.FromSeconds(3)),
        JobOutcome.Snoozed(TimeSpan.FromSeconds(7)),
        JobOutcome.Snoozed(TimeSpan.Zero),
        JobOutcome.Cancelled(),
        new JobOutcome.Discard(JobSamples.Error),
        null,
    ];

    private static readonly AttemptOutcome[] WithoutOutcome = [AttemptOutcome.TimedOut, AttemptOutcome.Crashed, AttemptOutcome.Interrupted];

    public ulong Seed => (ulong)random.NextInt64();

    public TimeSpan Pause => TimeSpan.FromMilliseconds(random.Next(4) switch { 0 => 0, 1 => 1, 2 => random.Next(5_000), _ => random.Next(60_000) });

    public SubmitJob Submit(DateTimeOffset now) => new(JobSamples.Spec with
    {
        Priority = random.Next(10),
        MaxAttempts = random.Next(1, 5),
        RunAt = Chance(3) ? now.AddSeconds(random.Next(60)) : null,
        StartBy = Chance(4) ? now.AddSeconds(random.Next(120)) : null,
        Retention = TimeSpan.FromMinutes(random.Next(2, 20)),
        Unique = Chance(2) ? new UniqueRule("key", (UniqueScope)random.Next(3), TimeSpan.FromSeconds(random.Next(1, 200))) : null,
        Tags = Chance(3) ? ["red", "green"] : null,
        Tenant = Chance(3) ? "tenant" : null,
        Backoff = Chance(2) ? new Backoff.Exponential(TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(30), 1) : new Backoff.Fixed(TimeSpan.Zero),
    });

    public JobCommand Next(JobState state)
    {
        var current = state.Running?.Number ?? state.Attempt;
        var attempt = Chance(5) ? random.Next(0, current + 2) : current; // now and then one that is not, or no longer, running
        return random.Next(18) switch
        {
            0 or 1 or 2 or 3 => new StartAttempt($"n{random.Next(3)}", "p"),
            4 or 5 or 6 => End(attempt),
            7 => new ReportAttempt(attempt, Report()),
            8 => new LoseAttempt(attempt, $"n{random.Next(3)}", Chance(2)),
            9 when Chance(2) => new CancelJob("enough") { Action = Action() },
            10 => new RetryJob(random.Next(3) switch { 0 => RawJson.Null, 1 => RawJson.Parse("[7]"), _ => null })
            {
                Action = Action(),
                RunAt = Chance(3) ? JobSamples.Now.AddSeconds(random.Next(600)) : null,
            },
            11 => new PromoteJob { Action = Action() },
            14 => new DismissJob("seen") { Action = Action() },
            15 => new UndoAction(state.Undo is { } undo && !Chance(4) ? undo.Action : "another"),
            12 => new SubmitJob(JobSamples.Spec),
            13 => new ContendForKey(JobSamples.Spec with { RunAt = JobSamples.Now.AddSeconds(random.Next(600)), Unique = new("key", OnConflict: (UniqueConflict)random.Next(4)) }),
            _ => WakeJob.Instance,
        };
    }

    private EndAttempt End(int attempt)
    {
        var outcome = Outcomes[random.Next(Outcomes.Length)];
        var how = outcome switch
        {
            null => WithoutOutcome[random.Next(WithoutOutcome.Length)],
            JobOutcome.Completion => AttemptOutcome.Completed,
            JobOutcome.Snooze => AttemptOutcome.Snoozed,
            JobOutcome.Cancellation => AttemptOutcome.Cancelled,
            _ => AttemptOutcome.Failed,
        };
        return new(attempt, how, outcome, Backoff.Default, Report());
    }

    private AttemptReport Report() => Chance(2) ? AttemptReport.Nothing : JobSamples.Report;

    private string? Action() => random.Next(3) switch { 0 => null, 1 => "one", _ => "two" };

    private bool Chance(int outOf) => random.Next(outOf) == 0;
}
