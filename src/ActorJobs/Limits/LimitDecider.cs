using System.Diagnostics;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Limits;

/// <summary>
/// The arbiter of a queue's limits: the one place in the cluster that gives leave to start its jobs. What is out is stored before the permits leave, so
/// a limit holds across the death of the arbiter's node and of any holder's.
/// </summary>
internal sealed class LimitDecider : IDecider<LimitState, LimitCommand, LimitEvent>
{
    public LimitState Initial => LimitState.None;

    public Decision<LimitEvent> Decide(LimitState state, LimitCommand command, DecisionContext context) => command switch
    {
        AskPermits ask => Ask(state, ask, context.Now),
        SettlePermits settle => Settle(state, settle, context.Now),
        DropAsk drop => Drop(state, drop, context.Now),
        _ => throw new UnreachableException($"{command.GetType().Name} is not decided"),
    };

    public LimitState Evolve(LimitState state, LimitEvent happened) => happened switch
    {
        PermitsHeld held => held.State,
        LimitOpened => state with { IsOpen = true },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not folded"),
    };

    private static Decision<LimitEvent> Ask(LimitState state, AskPermits ask, DateTimeOffset now)
    {
        var ledger = new PermitLedger(state, ask.Limits, now);
        PermitReply[] replies = [.. ask.Wishes.Select(wish => ledger.Grant(ask.Asker, ask.Ask, wish))];
        return Holds(state, ledger.Close(), new PermitsAnswer(replies), now);
    }

    private static Decision<LimitEvent> Settle(LimitState state, SettlePermits settle, DateTimeOffset now)
    {
        var ledger = new PermitLedger(state, state.Limits, now);
        foreach (var number in settle.Started)
            ledger.Start(number);
        foreach (var number in settle.Ended)
            ledger.End(number, mayHaveStarted: true);
        return Holds(state, ledger.Close(), true, now);
    }

    private static Decision<LimitEvent> Drop(LimitState state, DropAsk drop, DateTimeOffset now)
    {
        var ledger = new PermitLedger(state, state.Limits, now);
        ledger.Drop(drop.Asker, drop.Ask);
        return Holds(state, ledger.Close(), true, now);
    }

    private static Decision<LimitEvent> Holds(LimitState before, LimitState after, object reply, DateTimeOffset now)
    {
        if (ReferenceEquals(before, after))
            return Decision.Reply<LimitEvent>(reply);
        var held = new PermitsHeld(after with { IsOpen = true });
        return before.IsOpen ? Decision.Holds<LimitEvent>(held, reply) : new Decision<LimitEvent>([new LimitOpened(now)], reply) { Lease = held };
    }
}
