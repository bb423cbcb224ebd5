using ActorJobs.Actors;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Limits;

/// <summary>
/// Takes permits back to their arbiters. What comes back while an arbiter still writes the last settlement goes with the next one: what a limit costs
/// grows with the writes of its arbiter, not with the jobs of its queue. Should some get lost, <see cref="PermitKeeper"/> finds them to be nobody's.
/// </summary>
internal sealed class PermitReturns(Action<IReadOnlyList<EntityCommand>> send) : Actor<PermitReturn>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10); // for an answer that got lost on its way

    private readonly Dictionary<string, Settlement> underWay = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Returned> gathered = new(StringComparer.Ordinal);

    protected override ValueTask ReceiveAsync(PermitReturn message, ActorContext<PermitReturn> context)
    {
        switch (message)
        {
            case PermitReturn.Back(var queue, var started, var ended):
                if (!gathered.TryGetValue(queue, out var returned))
                    gathered[queue] = returned = new([], []);
                returned.Started.AddRange(started);
                returned.Ended.AddRange(ended);
                break;
            case PermitReturn.Settled(var settlement) when underWay.GetValueOrDefault(settlement.Queue) == settlement:
                context.Timers.Cancel(settlement.Queue);
                underWay.Remove(settlement.Queue);
                break;
        }

        return default;
    }

    protected override ValueTask TurnEndedAsync(ActorContext<PermitReturn> context)
    {
        foreach (var (queue, returned) in gathered)
        {
            if (underWay.ContainsKey(queue))
                continue;
            gathered.Remove(queue);
            var settlement = underWay[queue] = new Settlement(queue, context.Self);
            context.Timers.Schedule(queue, Deadline, new PermitReturn.Settled(settlement));
            send([new EntityCommand(LimitEntity.Key(queue), new SettlePermits(returned.Started, returned.Ended), settlement)]);
        }

        return default;
    }

    private readonly record struct Returned(List<long> Started, List<long> Ended);
}

/// <summary>A settlement that an arbiter is writing.</summary>
internal sealed class Settlement(string queue, ActorRef<PermitReturn> returns) : IReplySink
{
    public string Queue => queue;

    public void Reply(int slot, object? reply) => returns.Tell(new PermitReturn.Settled(this));
}

/// <summary>What <see cref="PermitReturns"/> is told.</summary>
internal abstract record PermitReturn
{
    /// <summary>Permits of a queue: those whose attempts have started, and those whose attempts have ended or never will start.</summary>
    public sealed record Back(string Queue, IReadOnlyList<long> Started, IReadOnlyList<long> Ended) : PermitReturn;

    /// <summary>A settlement was answered, or nobody waits for the answer any more.</summary>
    public sealed record Settled(Settlement Settlement) : PermitReturn;
}
