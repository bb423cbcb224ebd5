using ActorJobs.Actors;
using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;
using ActorJobs.Limits;
using ActorJobs.Limits.Breakers;

namespace ActorJobs.Queues;

/// <summary>Limits: jobs of a queue that has some are claimed with the leave of the queue's arbiter, those whose dependency is down when its breaker lets them.</summary>
internal sealed partial class JobFetcher
{
    private static readonly TimeSpan PermitDeadline = TimeSpan.FromSeconds(10);

    /// <summary>How long after its ask a permit may be used; the permit's keeper takes back what is older than that for certain.</summary>
    internal static readonly TimeSpan PermitLife = TimeSpan.FromSeconds(20);

    private readonly BreakerGate breakers;
    private DateTimeOffset pickedAtTime; // the instant of the pick under way

    // limits are set and lifted while jobs wait: what was picked under the old ones goes on as it is
    private void TakeLimits()
    {
        foreach (var (name, queue) in queues)
            TakeLimits(name, queue);
    }

    private void TakeLimits(string name, QueueWindow queue)
    {
        var limits = host.Board.Of(name).Limits;
        if (limits is null && queue.Gate is not { IsBusy: true })
            queue.Gate = null;
        else if (queue.Gate is not { } gate)
            queue.Gate = new QueueGate(name, host.Board.Tenants) { Limits = limits! };
        else if (gate.Limits != (limits ?? QueueLimits.None))
            gate.Change(limits ?? QueueLimits.None);
        else
            return;
        queue.Wake();
    }

    private bool IsHeld(QueueWindow queue, JobTicket ticket) =>
        (ticket.Dependency is { } dependency && breakers.Holds(dependency, pickedAtTime)) || (queue.Gate is { } gate && gate.Holds(ticket));

    /// <summary>Has a picked job wait for its permit; false when it needs none.</summary>
    private bool NeedsPermit(QueueWindow queue, FetcherPool pool, in QueuePick pick)
    {
        var ticket = JobIndex.TicketOf(pick.Entry.Value);
        if (ticket.Dependency is { } dependency)
            breakers.Picked(dependency);
        if (queue.Gate is not { } gate || !gate.Needs(ticket))
            return false;
        if (pool.Pull is { } pull)
            pull.Open++; // it is not answered before the arbiter is
        gate.Gather(pool, pick, ticket);
        return true;
    }

    private void Ask(DateTimeOffset now, ActorContext<FetcherMessage> context)
    {
        foreach (var (name, queue) in queues)
        {
            if (queue.Gate is not { } gate)
                continue;
            if (gate.Ask(picks => new PermitRequest(context.Self, name, host.Node, host.NextAsk(), picks, now + PermitLife)) is { } request)
            {
                context.Timers.Schedule(("permits-deadline", name), PermitDeadline, new FetcherMessage.PermitsAnswered(request, null));
                host.Entities.Send([request.Command(gate.Limits)]);
            }

            if (gate.NextLook is { } look && look != gate.ArrangedLook)
            {
                gate.ArrangedLook = look;
                context.Timers.Schedule(("permits", name), Positive(look - now), new FetcherMessage.PermitsFree(name, null));
            }

            host.Board.Of(name).Refused = gate.IsHolding ? gate.Refused : 0;
        }

        foreach (var dependency in breakers.TakeWanted())
        {
            var asking = new ProbeRequest(context.Self, dependency);
            context.Timers.Schedule(("probe", dependency), PermitDeadline, new FetcherMessage.ProbeAnswered(dependency, null));
            host.Entities.Send([new EntityCommand(BreakerEntity.Key(dependency), new AskProbe(host.Board.Breakers.OptionsOf(dependency)), asking)]);
        }

        if (breakers.NextLook is { } next)
            context.Timers.Schedule("breakers", Positive(next - now), FetcherMessage.BreakersChanged.Instance);
    }

    private void TakePermits(PermitRequest request, PermitsAnswer? answer, ActorContext<FetcherMessage> context)
    {
        if (!queues.TryGetValue(request.Queue, out var queue) || queue.Gate is not { } gate || gate.Asking != request)
        {
            if (answer is not null)
                host.Entities.Send([request.Drop()]); // too late, or asked by the fetcher before its restart
            return;
        }

        context.Timers.Cancel(("permits-deadline", request.Queue));
        var now = context.Time.GetUtcNow();
        if (answer is null || now >= request.ValidUntil)
        {
            host.Entities.Send([request.Drop()]);
            answer = null;
        }

        var pickedAt = context.Time.GetTimestamp();
        for (var i = 0; i < request.Picks.Count; i++)
        {
            var (pool, pick, _) = request.Picks[i];
            if (answer?.Replies[i] is { Number: > 0 } granted)
                BatchOf(pool, pick, request, pickedAt, context).Add(pick.Entry.Key, granted, request);
            else
                pool.Credit++;
        }

        gate.Answered(answer, now, pick => PutBack(queue, pick));
        foreach (var pull in request.Picks.Select(picked => picked.Pool.Pull).OfType<Pulling.Pull>())
            pullers.Claimed(pull, []);
        TakeLimits(request.Queue, queue);
        queue.Wake();
    }

    private void PutBack(QueueWindow queue, QueuePick pick)
    {
        claiming.Remove(pick.Entry.Key);
        queue.PutBack(pick);
        if (JobIndex.TicketOf(pick.Entry.Value).Dependency is { } dependency)
            breakers.PutBack(dependency);
    }

    // what is known to have started, and what never will
    private void Settle(ClaimBatch batch)
    {
        var unused = batch.Unused.ToHashSet();
        var isPaced = queues.TryGetValue(batch.Queue!, out var queue) && queue.Gate is { } gate && (gate.Limits.Rate ?? gate.Limits.KeyRate) is not null;
        long[] started = isPaced && !batch.HasFailed ? [.. batch.Permits!.Select(permit => permit.Number).Where(number => !unused.Contains(number))] : [];
        if (started.Length + unused.Count > 0)
            host.Returns.Tell(new PermitReturn.Back(batch.Queue!, started, [.. unused]));
    }

    private void WakeGate(string name, PermitsFreed? news, DateTimeOffset now)
    {
        if (!queues.TryGetValue(name, out var queue) || queue.Gate is not { } gate)
            return;
        if (news is null)
            gate.ArrangedLook = null;
        gate.Wake(news, now, pick => PutBack(queue, pick));
        queue.Wake();
    }

    private void WakeHeld()
    {
        breakers.Wake();
        foreach (var queue in queues.Values)
            queue.Wake();
    }

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.FromMilliseconds(1) ? span : TimeSpan.FromMilliseconds(1);

    /// <summary>An ask at a breaker, and where its answer goes.</summary>
    private sealed class ProbeRequest(ActorRef<FetcherMessage> fetcher, string dependency) : IReplySink
    {
        public void Reply(int slot, object? reply) => fetcher.Tell(new FetcherMessage.ProbeAnswered(dependency, reply as ProbeAnswer));
    }
}
