using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;
using ActorJobs.Workflows;

namespace ActorJobs.Tests.Workflows;

/// <summary>
/// A workflow among jobs that end as they were drawn to, in a world where every message may be late, lost, doubled or out of order, and memory is lost
/// now and then. What is lost is what the outboxes promise to send again.
/// </summary>
internal sealed class WorkflowWorld(Random random, Func<string, StepStatus> outcomeOf)
{
    private readonly Dictionary<string, SimulatedJob> jobs = [];
    private readonly List<OutboxAnswer> answers = [];

    public StoredWorkflow Workflow { get; } = new();

    /// <summary>The keys in the order in which their jobs were made.</summary>
    public List<string> Made { get; } = [];

    /// <summary>The keys in the order in which their jobs ended.</summary>
    public List<string> Ended { get; } = [];

    public bool IsQuiet => Workflow.Intents.Outbox.Count == 0 && jobs.Values.All(job => job.Status is not null && job.Ends == job.Heard);

    /// <summary>One thing happens.</summary>
    public void Step()
    {
        switch (random.Next(10))
        {
            case 0 or 1 or 2:
                Deliver();
                break;
            case 3 or 4:
                Answer();
                break;
            case 5 or 6:
                EndOne();
                break;
            case 7 or 8:
                Report();
                break;
            default:
                if (random.Next(4) == 0)
                    Crash();
                break;
        }
    }

    public string? Settle(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            if (IsQuiet && Workflow.State.Status.IsTerminal())
                return null;
            Step();
        }

        return $"still {Workflow.State.Status} with {Workflow.State.Nodes} after {steps} steps";
    }

    private void Deliver()
    {
        if (Workflow.Intents.Outbox is not { Count: > 0 } outbox)
            return;
        var message = outbox[random.Next(Math.Min(outbox.Count, WorkflowIntents.Window))];
        answers.Add(new OutboxAnswer(message.Id, Receive(message)));
    }

    private object Receive(OutboxMessage message)
    {
        var job = jobs.GetValueOrDefault(message.To.Id);
        switch (message.Command)
        {
            case SubmitJob submit when job is null:
                jobs[message.To.Id] = new SimulatedJob { Key = submit.Spec.NodeKey! };
                Made.Add(submit.Spec.NodeKey!);
                return new SubmitReply(JobStatus.Available, true);
            case SubmitJob:
                return new SubmitReply(JobStatus.Available, false);
            case CancelJob when job is { Status: null }:
                job.End(random.Next(3) == 0 ? outcomeOf(job.Key) : StepStatus.Cancelled);
                Ended.Add(job.Key);
                return new JobCommandResult.Done(JobStatus.Running);
            case CancelJob when job is null:
                return new JobCommandResult.NotFound();
            case CancelJob:
                return new JobCommandResult.Refused(JobStatus.Completed, "has ended");
            case RetryJob when job is { Status: not null and not StepStatus.Completed }:
                job.Status = null;
                job.IsSecondRun = true;
                return new JobCommandResult.Done(JobStatus.Available);
            case RetryJob when job is null:
                return new JobCommandResult.NotFound();
            default:
                return new JobCommandResult.Refused(JobStatus.Available, "runs already");
        }
    }

    // an answer may come twice, or never
    private void Answer()
    {
        if (answers.Count == 0)
            return;
        var count = random.Next(1, Math.Min(answers.Count, 5) + 1);
        var batch = Enumerable.Range(0, count).Select(_ => answers[random.Next(answers.Count)]).ToArray();
        Workflow.Send(new TakeAnswers(batch));
        if (random.Next(3) > 0)
            answers.RemoveAll(batch.Contains);
    }

    private void EndOne()
    {
        SimulatedJob[] running = [.. jobs.Values.Where(job => job.Status is null)];
        if (running.Length == 0)
            return;
        var job = running[random.Next(running.Length)];
        job.End(job.IsSecondRun ? StepStatus.Completed : outcomeOf(job.Key));
        Ended.Add(job.Key);
    }

    // also of ends that were told before: they must change nothing
    private void Report()
    {
        SimulatedJob[] ended = [.. jobs.Values.Where(job => job.Ends > 0)];
        if (ended.Length == 0)
            return;
        var job = ended[random.Next(ended.Length)];
        var end = random.Next(4) == 0 ? random.Next(job.Ends) : job.Ends - 1;
        Workflow.Send(new ReportNode(job.Key, job.History[end], end + 1));
        if (end == job.Ends - 1)
            job.Heard = job.Ends;
    }

    private void Crash()
    {
        answers.Clear();
        Workflow.Reload(random.Next(Workflow.Events + 1));
    }

    private sealed class SimulatedJob
    {
        public required string Key { get; init; }

        public StepStatus? Status { get; set; }

        public bool IsSecondRun { get; set; }

        public List<StepStatus> History { get; } = [];

        public int Ends => History.Count;

        public int Heard { get; set; }

        public void End(StepStatus status)
        {
            Status = status;
            History.Add(status);
        }
    }
}
