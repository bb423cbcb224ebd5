using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;

namespace ActorJobs.Benchmarks.Jobs;

/// <summary>The life of a job as most are: submitted, started, completed, with 200 bytes of arguments.</summary>
internal static class SampleJob
{
    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static readonly EntityKey Key = new(JobEntity.Kind, "019b2c8e-7d3a-7c11-9c5e-2f6d1a0b3c4d");

    public static readonly DecisionContext Context = new(Key, Now, 42);

    public static readonly SubmitJob Submit = new(new JobSpec
    {
        Kind = "builtin.echo",
        Args = RawJson.Of(new Dictionary<string, string> { ["text"] = new('x', 189) }),
        Queue = "default",
        Priority = 5,
        MaxAttempts = 10,
        Timeout = TimeSpan.FromMinutes(30),
        Retention = TimeSpan.FromDays(1),
        DeadLetterRetention = TimeSpan.FromDays(30),
    });

    public static readonly StartAttempt Start = new("node-a", "default");

    public static readonly EndAttempt End = new(1, AttemptOutcome.Completed, new JobOutcome.Completion(Submit.Spec.Args), Backoff.Default, AttemptReport.Nothing);

    private static readonly JobDecider Decider = new();

    public static readonly JobSubmitted Submitted = (JobSubmitted)Decide(JobState.None, Submit).Events[0];

    public static readonly JobState Queued = Decider.Evolve(JobState.None, Submitted);

    public static readonly AttemptStarted Started = (AttemptStarted)Decide(Queued, Start).Lease!;

    public static readonly JobState Running = Decider.Evolve(Queued, Started);

    public static readonly JobCompleted Completed = (JobCompleted)Decide(Running, End).Events[0];

    public static readonly JobState Ended = Decider.Evolve(Running, Completed);

    private static Decision<JobEvent> Decide(JobState state, JobCommand command) => Decider.Decide(state, command, Context);
}
