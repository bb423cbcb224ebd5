using ActorJobs.Actors.Entities;

namespace ActorJobs.Limits.Breakers;

/// <summary>Tells every node of a breaker's change.</summary>
internal sealed class BreakerObserver(BreakerBoard board, Action<BreakerNews> tell) : IEntityObserver<CircuitBreaker>
{
    public void Changed(EntityKey key, CircuitBreaker before, CircuitBreaker after)
    {
        if (before.Status == after.Status && before.Until == after.Until)
            return;
        board.Take(key.Id, after);
        tell(new BreakerNews(key.Id, after));
    }

    public void TurnEnded()
    {
    }
}
