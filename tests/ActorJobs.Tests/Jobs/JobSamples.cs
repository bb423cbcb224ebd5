using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;

namespace ActorJobs.Tests.Jobs;

/// <summary>Jobs in every state, and one of every command and event, at one instant.</summary>
internal static class JobSamples
{
    public static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly JobError Error = new("SampleException", "it did not work", "at Sample()");

    public static readonly JobDecider Decider = new();

    private static readonly JobProgress Progress = new(0.5, "half");
    private static readonly JobLogLine[] Log = [new(Now, "a line")];
    private static readonly RawJson Checkpoint = RawJson.Parse("[1]");

    public static JobSpec Spec { get; } = new()
    {
        Kind = "sample",
        Args = RawJson.Parse("""{"n":1}"""),
        Queue = "default",
        Priority = 5,
        MaxAttempts = 3,
        Backoff = new Backoff.Fixed(TimeSpan.FromSeconds(10)),
        Timeout = TimeSpan.FromMinutes(1),
        Retention = TimeSpan.FromDays(1),
        DeadLetterRetention = TimeSpan.FromDays(30),
    };

    public static AttemptReport Report { get; } = new(Progress, Log, Checkpoint);

    public static DecisionContext Context { get; } = new(JobEntity.Key(new JobId("sample")), Now, 0);

    /// <summary>A job in each state there is, by the name the tables use; where it matters whether its time has come, both.</summary>
    public static IReadOnlyDictionary<string, JobState> States { get; } = new Dictionary<string, JobState>
    {
        ["none"] = JobState.None,
        ["waiting"] = Available with { Status = JobStatus.Waiting },
        ["scheduled"] = After(JobState.None, new JobSubmitted(Spec with { RunAt = Now.AddHours(1) }, JobStatus.Scheduled, Now)),
        ["due"] = After(JobState.None, new JobSubmitted(Spec with { RunAt = Now }, JobStatus.Scheduled, Now.AddHours(-1))),
        ["available"] = Available,
        ["late"] = After(JobState.None, new JobSubmitted(Spec with { StartBy = Now }, JobStatus.Available, Now.AddHours(-1))),
        ["running"] = Running,
        ["last-try"] = Running with { Used = 2 },
        ["stopping"] = After(Running, new CancelRequested("enough", Now)) with { Running = Running.Running },
        ["retryable"] = After(Running, new AttemptEnded(Attempt(AttemptOutcome.Failed, Error), Now.AddSeconds(10), true)),
        ["completed"] = After(Running, new JobCompleted(Attempt(AttemptOutcome.Completed, null), RawJson.Parse("2"))),
        ["cancelled"] = After(Available, new JobCancelled(null, "enough", Now)),
        ["discarded"] = After(Running, new JobDiscarded(Attempt(AttemptOutcome.Failed, Error), Error, Now)),
        ["expired"] = After(Available with { Spec = Spec with { StartBy = Now } }, new JobExpired(Now)),
    };

    /// <summary>One of each command, by the name the tables use; attempts are those of the states above, or an older one.</summary>
    public static IReadOnlyDictionary<string, JobCommand> Commands { get; } = new Dictionary<string, JobCommand>
    {
        ["submit"] = new SubmitJob(Spec),
        ["start"] = new StartAttempt("n2", "p"),
        ["report"] = new ReportAttempt(1, Report),
        ["report-old"] = new ReportAttempt(7, Report),
        ["complete"] = End(AttemptOutcome.Completed, new JobOutcome.Completion(RawJson.Parse("2"))),
        ["fail"] = End(AttemptOutcome.Failed, new JobOutcome.Failure(Error, null)),
        ["snooze"] = End(AttemptOutcome.Snoozed, JobOutcome.Snoozed(TimeSpan.FromSeconds(5))),
        ["give-up"] = End(AttemptOutcome.Failed, new JobOutcome.Discard(Error)),
        ["stop"] = End(AttemptOutcome.Cancelled, JobOutcome.Cancelled()),
        ["time-out"] = End(AttemptOutcome.TimedOut, null),
        ["crash"] = End(AttemptOutcome.Crashed, null),
        ["interrupt"] = End(AttemptOutcome.Interrupted, null),
        ["complete-old"] = End(AttemptOutcome.Completed, new JobOutcome.Completion(RawJson.Parse("2")), attempt: 7),
        ["lose-dead"] = new LoseAttempt(1, "n1", WasKnown: true),
        ["lose-other"] = new LoseAttempt(1, "n2", WasKnown: true),
        ["lose-unheld"] = new LoseAttempt(1, "n1", WasKnown: false),
        ["cancel"] = new CancelJob("enough"),
        ["retry"] = new RetryJob(RawJson.Parse("3")),
        ["promote"] = new PromoteJob(),
        ["dismiss"] = new DismissJob("seen"),
        ["undo"] = new UndoAction("action"),
        ["contend"] = new ContendForKey(Spec with { Unique = new UniqueRule("key", OnConflict: UniqueConflict.Replace) }),
        ["acknowledge"] = new AcknowledgeEnd(1),
        ["wake"] = WakeJob.Instance,
    };

    /// <summary>One of each event, with every optional part set.</summary>
    public static IReadOnlyList<JobEvent> Events { get; } =
    [
        new JobSubmitted(FullSpec, JobStatus.Scheduled, Now),
        new JobStaged(Now, ByHand: true) { Action = "action" },
        new AttemptStarted(1, "n1", "p", Now) { Progress = Progress, Log = Log, Checkpoint = Checkpoint },
        new JobCompleted(Attempt(AttemptOutcome.Completed, null), RawJson.Parse("""{"a":[1,null]}""")) { Progress = Progress, Log = Log },
        new AttemptEnded(Attempt(AttemptOutcome.Failed, Error), Now.AddTicks(1), true) { Progress = Progress, Log = Log, Checkpoint = Checkpoint },
        new JobDiscarded(Attempt(AttemptOutcome.TimedOut, Error), Error, Now) { Progress = Progress, Log = Log, Checkpoint = Checkpoint },
        new CancelRequested("enough", Now) { Action = "action" },
        new JobCancelled(Attempt(AttemptOutcome.Cancelled, null), "enough", Now) { Action = "action", Progress = Progress, Log = Log },
        new JobExpired(Now),
        new JobRetried(RawJson.Parse("\"other\""), Now) { Action = "action", RunAt = Now.AddHours(1) },
        new JobDismissed("seen", Now) { Action = "action" },
        new JobUndone("action", Now),
        new JobReplaced(FullSpec, JobStatus.Scheduled, Now.AddHours(1), Now),
        new JobKeyReleased(Now),
        new JobReported(2),
    ];

    public static JobSpec FullSpec => Spec with
    {
        RunAt = Now.AddHours(1),
        StartBy = Now.AddHours(2),
        Unique = new UniqueRule("key", UniqueScope.Period, TimeSpan.FromMinutes(5), UniqueConflict.Existing),
        ConcurrencyKey = "one-at-a-time",
        Tenant = "tenant",
        Tags = ["red", "green"],
        Meta = new Dictionary<string, string> { ["trace"] = "1-2" },
        ParentId = new JobId("parent"),
        WorkflowId = "flow",
        NodeKey = "node",
        Parents = ["one", "other"],
    };

    private static JobState Available => After(JobState.None, new JobSubmitted(Spec, JobStatus.Available, Now));

    private static JobState Running => After(Available, new AttemptStarted(1, "n1", "p", Now));

    /// <summary>The text of a state with its running attempt: equal texts, equal states.</summary>
    public static string Text(JobState state) =>
        System.Text.Encoding.UTF8.GetString(JobEntity.Codec.EncodeState(state).Span)
        + (state.Running is { } running ? System.Text.Encoding.UTF8.GetString(JobEntity.Codec.EncodeEvent(running).Span) : "");

    private static JobState After(JobState state, JobEvent happened) => Decider.Evolve(state, happened);

    private static JobAttempt Attempt(AttemptOutcome how, JobError? error) => new(1, "n1", Now, Now, how, error);

    private static EndAttempt End(AttemptOutcome how, JobOutcome? outcome, int attempt = 1) =>
        new(attempt, how, outcome, new Backoff.Fixed(TimeSpan.FromMinutes(5)), Report);
}
