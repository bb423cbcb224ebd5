using System.Diagnostics;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Limits.Breakers;

/// <summary>The one breaker of a dependency in the cluster.</summary>
internal sealed class BreakerDecider : IDecider<CircuitBreaker, BreakerCommand, BreakerEvent>
{
    public CircuitBreaker Initial => CircuitBreaker.New;

    public Decision<BreakerEvent> Decide(CircuitBreaker state, BreakerCommand command, DecisionContext context)
    {
        switch (command)
        {
            case NoteOutcomes seen:
                return Becomes(state, state.Seen(seen.Failures, seen.Successes, seen.Options, context.Now), true);
            case AskProbe ask:
                var (next, isGranted, retryAfter) = state.Probe(ask.Options, context.Now);
                return Becomes(state, next, new ProbeAnswer(isGranted, retryAfter));
            case SetBreaker { Open: true } set:
                var opened = CircuitBreaker.Opened(set.Options, context.Now);
                return Becomes(state, opened, opened);
            case SetBreaker when state.Status == BreakerStatus.Closed:
                return Decision.Reply<BreakerEvent>(state);
            case SetBreaker:
                var closed = CircuitBreaker.New with { Since = context.Now };
                return Becomes(state, closed, closed);
            default:
                throw new UnreachableException($"{command.GetType().Name} is not decided");
        }
    }

    public CircuitBreaker Evolve(CircuitBreaker state, BreakerEvent happened) => happened.State;

    // closed ones need no place in the list, which is read at start
    public Intents Intents(CircuitBreaker state) => state.Status == BreakerStatus.Closed
        ? Actors.Entities.Intents.None
        : new Intents { Entries = [new IndexEntry(BreakerEntity.Index, 0)] };

    private static Decision<BreakerEvent> Becomes(CircuitBreaker before, CircuitBreaker after, object reply) =>
        ReferenceEquals(before, after) ? Decision.Reply<BreakerEvent>(reply)
        : before.Status != after.Status || before.Since is null || after.Status == BreakerStatus.Open ? Decision.Happened<BreakerEvent>(new BreakerChanged(Dated(before, after)), reply)
        : Decision.Holds<BreakerEvent>(new BreakerCounted(after), reply);

    // the first thing that happens to a breaker is an event, and from then on it has a date
    private static CircuitBreaker Dated(CircuitBreaker before, CircuitBreaker after) =>
        before.Since is null && after.Since is null ? after with { Since = after.Failed[^1] } : after;
}
