using ActorJobs.Actors;
using ActorJobs.Jobs;
using Microsoft.Extensions.Logging;

namespace ActorJobs.Pools;

/// <summary>Outcomes that their jobs do not take.</summary>
internal sealed partial class WorkerPool
{
    private const int TellAt = 2; // the first refusal is of the outcome itself, which may have been too large; the second one is the job's

    private readonly RefusedOutcomes refused = new();

    private void KeepRefused(PoolMessage.Refused message, ActorContext<PoolMessage> context)
    {
        refused.Add(message.Shard, message.Outcomes, message.Tries, context.Time.GetUtcNow());
        if (message.Tries == TellAt)
        {
            foreach (var (command, reason) in message.Outcomes)
                OutcomeRefused(host.Log, command.Key.Id, ((EndAttempt)command.Command).Attempt, reason, RefusedOutcomes.MaxWait.TotalSeconds);
        }

        ScheduleResend(context);
    }

    private void Resend(DateTimeOffset dueBy, ActorContext<PoolMessage> context)
    {
        foreach (var group in refused.TakeDue(dueBy))
            host.Entities.SendTo(group.Shard, new OutcomeReplies(context.Self, host, group.Shard, group.Commands, group.Tries).Attach());
        ScheduleResend(context);
    }

    private void ScheduleResend(ActorContext<PoolMessage> context)
    {
        if (refused.Next - context.Time.GetUtcNow() is { } wait)
            context.Timers.Schedule("refused", wait > TimeSpan.Zero ? wait : TimeSpan.Zero, PoolMessage.Resend.Instance);
    }

    [LoggerMessage(LogLevel.Error, "Job {JobId} cannot take the outcome of its attempt {Attempt}: {Reason}. It is offered again, at last every {Seconds} s, until the job takes it or this node stops")]
    private static partial void OutcomeRefused(ILogger logger, string jobId, int attempt, string reason, double seconds);
}
