using ActorJobs.Actors;
using ActorJobs.Actors.Entities;
using ActorJobs.Queues;

namespace ActorJobs.Limits;

/// <summary>An ask of the fetcher at a queue's arbiter, and where its answer goes.</summary>
/// <param name="fetcher">Who hears of the answer.</param>
/// <param name="queue">The queue.</param>
/// <param name="asker">This node.</param>
/// <param name="ask">The ask's number, never used before by this node.</param>
/// <param name="picks">What it is for.</param>
/// <param name="validUntil">Until when permits may be used: by this node's clock, counted from before the ask.</param>
internal sealed class PermitRequest(
    ActorRef<FetcherMessage> fetcher, string queue, string asker, long ask, IReadOnlyList<GatedPick> picks, DateTimeOffset validUntil) : IReplySink
{
    public string Queue => queue;

    public IReadOnlyList<GatedPick> Picks => picks;

    public DateTimeOffset ValidUntil => validUntil;

    public EntityCommand Command(QueueLimits limits) =>
        new(LimitEntity.Key(queue), new AskPermits(asker, ask, limits, [.. picks.Select(pick => pick.Wish)]), this);

    /// <summary>Says that nothing of it is used: for an ask whose answer did not come.</summary>
    public EntityCommand Drop() => new(LimitEntity.Key(queue), new DropAsk(asker, ask));

    public void Reply(int slot, object? reply) => fetcher.Tell(new FetcherMessage.PermitsAnswered(this, reply as PermitsAnswer));
}
