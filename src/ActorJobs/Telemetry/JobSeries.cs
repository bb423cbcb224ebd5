using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace ActorJobs.Telemetry;

/// <summary>The measurements of one kind of job in one queue. Its tags are made once: counting a job allocates nothing.</summary>
internal sealed class JobSeries
{
    private const string System = "messaging.system";
    private const string Operation = "messaging.operation.name";
    private const string OperationType = "messaging.operation.type";
    private const string Destination = "messaging.destination.name";
    private const string ErrorType = "error.type";
    private const string Queue = "queue";
    private const string Kind = "kind";

    private static readonly AttemptOutcome[] Outcomes = Enum.GetValues<AttemptOutcome>();
    private static readonly JobStatus[] States = Enum.GetValues<JobStatus>();

    private readonly ActorJobsInstruments instruments;
    private readonly Tag[] names;
    private readonly Tag[] sent;
    private readonly Tag[] consumed;
    private readonly Tag[][] processed; // by outcome
    private readonly Tag[][] attempts; // by outcome
    private readonly Tag[][] finished; // by state

    public JobSeries(ActorJobsInstruments instruments, string queue, string kind)
    {
        this.instruments = instruments;
        names = [new(Queue, queue), new(Kind, kind)];
        sent = Message(queue, "submit", "send");
        consumed = Message(queue, "claim", "receive");
        processed = [.. Outcomes.Select(outcome => IsError(outcome)
            ? (Tag[])[.. Message(queue, "process", "process"), new(Kind, kind), new(ErrorType, outcome.ToString())]
            : [.. Message(queue, "process", "process"), new(Kind, kind)])];
        attempts = [.. Outcomes.Select(outcome => (Tag[])[.. names, new("outcome", outcome.ToString())])];
        finished = [.. States.Select(state => (Tag[])[.. names, new("state", state.ToString())])];
    }

    /// <summary>A submit's tags for a refusal; these are rare, and made as they come.</summary>
    public static Tag[] Refusal(string queue, string error) => [.. Message(queue, "submit", "send"), new(ErrorType, error)];

    public static Tag[] Duplicate(string queue, string reason) => [new(Queue, queue), new("reason", reason)];

    public void Submitted() => instruments.Sent.Add(1, sent);

    public void Started(TimeSpan waited)
    {
        instruments.Consumed.Add(1, consumed);
        instruments.Waited.Record(Math.Max(0, waited.TotalSeconds), names);
    }

    public void Ended(AttemptOutcome outcome, TimeSpan ran)
    {
        instruments.Attempts.Add(1, attempts[(int)outcome]);
        instruments.Process.Record(Math.Max(0, ran.TotalSeconds), processed[(int)outcome]);
    }

    public void Retried() => instruments.Retries.Add(1, names);

    public void Finished(JobStatus state) => instruments.Finished.Add(1, finished[(int)state]);

    private static bool IsError(AttemptOutcome outcome) =>
        outcome is AttemptOutcome.Failed or AttemptOutcome.TimedOut or AttemptOutcome.Crashed or AttemptOutcome.Lost;

    private static Tag[] Message(string queue, string operation, string type) =>
        [new(System, "actorjobs"), new(Operation, operation), new(OperationType, type), new(Destination, queue)];
}
