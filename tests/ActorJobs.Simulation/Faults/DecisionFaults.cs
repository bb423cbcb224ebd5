using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;
using ActorJobs.Workflows;

namespace ActorJobs.Simulation.Faults;

/// <summary>What jobs and workflows may decide wrongly.</summary>
internal static class DecisionFaults
{
    public static IReadOnlyList<DeliberateFault> All { get; } =
    [
        new("a repeated submit makes the job again", 20, () => Job(SubmitsAgain)),
        new("a job takes the end of any attempt", 60, () => Job(TakesAnyEnd)),
        new("a job gives an attempt the number of the one before", 20, () => Job(ReusesNumber)),
        new("a job lets an attempt begin without a claim", 20, () => Job((right, state, command, context) => right.Decide(state, command, context) with { Lease = null })),
        new("a job that has ended can be cancelled", 20, () => Job(CancelsWhatEnded)),
        new("a workflow counts its children", 300, () => new() { Define = kind => Altered<WorkflowState, WorkflowCommand, WorkflowEvent>(kind, CountsChildren) }),
    ];

    private static Mutation Job(WrongDecision<JobState, JobCommand, JobEvent> decide) => new() { Define = kind => Altered(kind, decide) };

    private static EntityKind Altered<TState, TCommand, TEvent>(EntityKind kind, WrongDecision<TState, TCommand, TEvent> decide)
        where TState : class
        where TCommand : class
        where TEvent : class
    {
        return kind is not EntityKind<TState, TCommand, TEvent> right
            ? kind
            : new EntityKind<TState, TCommand, TEvent>(right.Name, new AlteredDecider<TState, TCommand, TEvent>(right.Decider, decide), right.Codec)
            {
                Observer = right.Observer,
                RememberedCommands = right.RememberedCommands,
                Replies = right.Replies,
                WireOptions = right.WireOptions,
                StoresStateSparsely = right.StoresStateSparsely,
            };
    }

    private static Decision<JobEvent> SubmitsAgain(IDecider<JobState, JobCommand, JobEvent> right, JobState state, JobCommand command, DecisionContext context) =>
        right.Decide(command is SubmitJob ? right.Initial : state, command, context);

    private static Decision<JobEvent> TakesAnyEnd(IDecider<JobState, JobCommand, JobEvent> right, JobState state, JobCommand command, DecisionContext context)
    {
        if (command is not EndAttempt end || state.Spec is null || state.Running?.Number == end.Attempt)
            return right.Decide(state, command, context);
        var running = state.Running ?? new AttemptStarted(end.Attempt, "somebody", "default", context.Now);
        return right.Decide(state with { Running = running with { Number = end.Attempt } }, command, context);
    }

    private static Decision<JobEvent> ReusesNumber(IDecider<JobState, JobCommand, JobEvent> right, JobState state, JobCommand command, DecisionContext context)
    {
        var decision = right.Decide(state, command, context);
        if (command is not StartAttempt || decision.Lease is not AttemptStarted started || state.Attempt == 0)
            return decision;
        var again = started with { Number = state.Attempt };
        return decision with { Lease = again, Reply = new StartReply(state with { Running = again }) };
    }

    private static Decision<JobEvent> CancelsWhatEnded(IDecider<JobState, JobCommand, JobEvent> right, JobState state, JobCommand command, DecisionContext context) =>
        command is CancelJob cancel && state.Spec is not null && state.Status.IsTerminal() && state.Status != JobStatus.Cancelled
            ? Decision.Happened<JobEvent>(new JobCancelled(null, cancel.Reason, context.Now), new JobCommandResult.Done(JobStatus.Cancelled))
            : right.Decide(state, command, context);

    // a report that comes again is taken for that of the next child
    private static Decision<WorkflowEvent> CountsChildren(
        IDecider<WorkflowState, WorkflowCommand, WorkflowEvent> right, WorkflowState state, WorkflowCommand command, DecisionContext context)
    {
        if (command is ReportNode report && state.Graph is not null && state.Find(report.Key) is { } item && report.Ends <= state.EndsOf(item))
        {
            foreach (var next in state.Nodes.Places(StepStatus.Submitted))
                return right.Decide(state, report with { Key = state.KeyOf(next), Ends = state.EndsOf(next) + 1 }, context);
        }

        return right.Decide(state, command, context);
    }
}
