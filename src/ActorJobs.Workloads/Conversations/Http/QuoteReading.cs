using ActorJobs.Actors.Stores;

namespace ActorJobs.Workloads.Conversations;

/// <summary>Reads quotes straight from the store.</summary>
internal sealed class QuoteReading(IEntityStore store)
{
    private const int MaxId = 100;

    public async Task<IssuedQuote?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (id.Length is 0 or > MaxId)
            return null;
        var stored = await store.ReadAsync([QuoteDecider.Key(id)], cancellationToken);
        return stored[0] is { } entity ? QuoteDecider.Codec.DecodeState(entity.State.Data) : null;
    }
}
