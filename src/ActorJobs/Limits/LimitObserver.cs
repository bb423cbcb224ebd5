using ActorJobs.Actors.Entities;

namespace ActorJobs.Limits;

/// <summary>Tells those who wait for permits of an arbiter that some came back.</summary>
internal sealed class LimitObserver(TimeProvider time, Action<string, PermitsFreed> tell) : IEntityObserver<LimitState>
{
    public void Changed(EntityKey key, LimitState before, LimitState after)
    {
        if (after.Waiting.Count == 0 || before.Permits.Count == 0)
            return;
        var held = after.Permits.Select(permit => permit.Number).ToHashSet();
        Permit[] freed = [.. before.Permits.Where(permit => !held.Contains(permit.Number))];
        if (freed.Length == 0)
            return;
        var news = new PermitsFreed(key.Id, Distinct(freed.Select(permit => permit.Key)), Distinct(freed.Select(permit => permit.Tenant)));
        var now = time.GetUtcNow();
        foreach (var waiter in after.Waiting.Where(waiter => waiter.Until > now))
            tell(waiter.Asker, news);
    }

    public void TurnEnded()
    {
    }

    private static string[] Distinct(IEnumerable<string?> values) => [.. values.OfType<string>().Distinct(StringComparer.Ordinal)];
}
