using ActorJobs.Actors;
using ActorJobs.Actors.Dispatch;
using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;

namespace ActorJobs.Pools;

/// <summary>
/// Tells a pool when a batch of outcomes is durable, or was refused by the fence: either way they are off its hands. What the shard could not
/// take goes back to the pool: an outcome is given up by nobody but its job. What a job refused, rather than a shard or store that is away, has tries to its name.
/// </summary>
internal sealed class OutcomeReplies(ActorRef<PoolMessage> pool, PoolContext host, int shard, List<EntityCommand> commands, int tries = 0) : IReplySink
{
    private const int TriesAsItIs = 5; // within 8 seconds

    private readonly List<EntityCommand> away = [];
    private readonly List<RefusedOutcome> refused = [];
    private readonly Lock gate = new(); // guards away, refused and open: while the shard moves, replies come in its turns and in those of a link
    private int open = commands.Count;

    public IReadOnlyList<EntityCommand> Attach()
    {
        for (var i = 0; i < commands.Count; i++)
            commands[i] = commands[i] with { Replies = this, Slot = i };
        return commands;
    }

    public void Reply(int slot, object? reply)
    {
        var failure = reply as EntityFailure;
        if (failure is null)
        {
            host.Held.TryRemove(commands[slot].Key, out _);
            host.Settlements.Note(commands[slot].Key, (EndAttempt)commands[slot].Command, reply);
        }

        lock (gate)
        {
            if (failure is not null)
                Keep(commands[slot], failure);
            if (--open > 0)
                return;
        }

        if (away.Count > 0)
            pool.Tell(new PoolMessage.Unsettled(shard, away));
        if (refused.Count > 0)
            pool.Tell(new PoolMessage.Refused(shard, refused, tries + 1));
        pool.Tell(new PoolMessage.Settled(commands.Count - away.Count - refused.Count));
    }

    private void Keep(EntityCommand command, EntityFailure failure)
    {
        if (failure.Reason == EntityFailureReason.Unavailable)
            away.Add(command);
        else
            refused.Add(new RefusedOutcome(Storable(command, failure), failure.Detail));
    }

    // an outcome that cannot be stored must still end its attempt, or the job would run for ever: too large it will be the next time, too;
    // what else there was (no memory, for a moment) may be over when it is tried again, and then when the job is
    private EntityCommand Storable(EntityCommand command, EntityFailure failure) => failure.Reason switch
    {
        EntityFailureReason.TooLarge => Instead(command, new JobOutcome.Discard(ErrorOf(failure))),
        _ when tries + 1 >= TriesAsItIs => Instead(command, new JobOutcome.Failure(ErrorOf(failure), null)),
        _ => command,
    };

    private static JobError ErrorOf(EntityFailure failure) => new("OutcomeNotStored", $"The outcome could not be stored: {failure.Detail}", null);

    private static EntityCommand Instead(EntityCommand command, JobOutcome outcome) => command with
    {
        Command = (EndAttempt)command.Command with { How = AttemptOutcome.Failed, Outcome = outcome, Report = AttemptReport.Nothing },
    };
}

/// <summary>Tells a handler whether its checkpoint is durable.</summary>
internal sealed class CheckpointReply(Completion<object?> saved) : IReplySink
{
    public void Reply(int slot, object? reply) => saved.Set(reply);
}
